import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProcStat } from "../../src/proc/stat.js";
import { descendants, orphans, zombies } from "../../src/proc/tree.js";

/** A process that started at the tick of its pid, unless told otherwise. */
function stat(pid: number, ppid: number, other: Partial<ProcStat> = {}): ProcStat {
  const cpu = { ttyNr: 0, utimeTicks: 0, stimeTicks: 0, rssPages: 0 };
  const base = { name: `p${pid}`, state: "S", exiting: false, startTicks: pid, threads: 1 };
  return { pid, ppid, pgid: pid, sid: pid, ...base, ...cpu, ...other };
}

function pidsOf(stats: readonly ProcStat[]): number[] {
  return stats.map(({ pid }) => pid).sort((a, b) => a - b);
}

const launcher = stat(10, 1);
const worker = stat(11, 10);
const agent = stat(12, 11);
const reaped = stat(13, 11, { state: "Z", exiting: true });
const daemon = stat(14, 1);
const stranger = stat(20, 1);
const all = [stat(1, 0), launcher, worker, agent, reaped, daemon, stranger];

describe("descendants", () => {
  it("finds all generations, zombies included, and not the root", () => {
    expect(pidsOf(descendants(all, [launcher]))).toEqual([11, 12, 13]);
  });

  it("finds a root that is below another, once", () => {
    expect(pidsOf(descendants(all, [launcher, worker]))).toEqual([11, 12, 13]);
  });

  it("does not follow a root whose pid has gone to another process", () => {
    expect(descendants(all, [{ pid: 10, startTicks: 9 }])).toEqual([]);
  });

  it("does not take a process for the child of a younger one", () => {
    const reused = stat(11, 10, { startTicks: 99 });
    expect(pidsOf(descendants([launcher, reused, agent], [launcher]))).toEqual([11]);
  });

  it("ends on any table, and gives exactly those with a root above them", () => {
    const table = fc.array(fc.nat({ max: 19 }), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(table, fc.uniqueArray(fc.nat({ max: 19 }), { maxLength: 4 }), (parents, roots) => {
        const stats = parents.map((ppid, pid) => stat(pid, ppid, { startTicks: 0 }));
        const parentOf = (pid: number): number => parents[pid] ?? pid;
        const isBelow = (pid: number): boolean => {
          if (parentOf(pid) === pid) return false;
          const above = [parentOf(pid)];
          while (above.length < parents.length) above.push(parentOf(above.at(-1) ?? pid));
          return above.some((ancestor) => roots.includes(ancestor));
        };
        const found = descendants(
          stats,
          roots.map((pid) => ({ pid, startTicks: 0 })),
        );
        expect(pidsOf(found)).toEqual(pidsOf(stats.filter(({ pid }) => isBelow(pid))));
      }),
    );
  });
});

describe("zombies", () => {
  it("finds those not waited for, and not a process whose first thread alone has exited", () => {
    const headless = stat(15, 10, { state: "Z", threads: 2 });
    expect(zombies([...all, headless])).toEqual([reaped]);
    expect(zombies([launcher, worker])).toEqual([]);
  });
});

describe("orphans", () => {
  it("finds the member that init adopted, and not the root", () => {
    const members = [launcher, worker, agent, daemon];
    expect(orphans(all, members, [launcher])).toEqual([daemon]);
    expect(orphans(all, [launcher, worker, agent], [launcher])).toEqual([]);
  });

  it("finds those whose parent ended, until they end", () => {
    const adopted = { ...worker, ppid: 1 };
    expect(pidsOf(orphans([adopted, agent], [launcher, worker, agent], [launcher]))).toEqual([11]);
    expect(orphans([], [launcher, worker, agent], [launcher])).toEqual([]);
  });
});
