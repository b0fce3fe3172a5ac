import { assert, integer, property, shuffledSubarray } from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeView } from "../../src/judge/judge-run.js";
import { viewOf } from "../../src/judge/run-view.js";
import { attribute } from "../../src/ledger/attribute.js";
import { nameOf } from "../../src/ledger/things.js";
import type { FdEntry, ProcessEntry } from "../../src/model/resource.js";
import type { RunRecord } from "../../src/model/record.js";
import { file } from "../judge/record-builder.js";
import { simulatedRun } from "./simulated-run.js";
import { agent, fdOf, gateway, operation, processOf, smallRun, tcp, told } from "./small-run.js";

const env = (id: number) => ({ mark: { operation: id, where: "environment" as const } });
const [first, second] = [operation(1, 0), operation(2, 0)];

/** Who left the processes and the server's fds from 9 on, in this order. */
function whoLeft(processes: readonly ProcessEntry[], fds: readonly FdEntry[] = []): string[] {
  const holder = gateway(fds);
  const view = smallRun({ operations: [first, second], batches: [[holder, ...processes]] });
  const left = [...processes.map((entry) => processOf(entry)), ...fds.map(({ fd }) => fdOf(holder, fd))];
  const ledger = attribute(view, left);
  return left.map((leftover) => told(ledger, leftover));
}

const own = (pid: number) => ({ sid: pid, pgid: pid });
const slave = (number: number): FdEntry => file(0, `/dev/pts/${number}`);
const master = (fd: number, ptsNumber: number): FdEntry => ({ ...file(fd, "/dev/ptmx"), ptsNumber });

describe("ties to what bears a session id", () => {
  it("a process bears it", () => {
    expect(whoLeft([agent(300, 50, env(2)), agent(301, 50)])).toEqual(["certain 2", "nobody"]);
  });

  it("says why", () => {
    const marked = agent(300, 50, env(2));
    const view = smallRun({ operations: [first, second], batches: [[gateway(), marked]] });
    const leftover = processOf(marked);
    expect(attribute(view, [leftover]).get(leftover)?.because).toBe(
      "its session id is in the environment of pid 300",
    );
  });

  it("a child of one that does, and its child", () => {
    const line = [agent(300, 50, env(2)), agent(301, 60, { ppid: 300 }), agent(302, 70, { ppid: 301 })];
    expect(whoLeft(line)).toEqual(["certain 2", "certain 2", "certain 2"]);
  });

  it("a parent is not known by its child: it may serve others", () => {
    expect(whoLeft([agent(300, 50), agent(301, 60, { ppid: 300, ...env(2) })])).toEqual([
      "nobody",
      "certain 2",
    ]);
  });

  it("nothing is passed on by one whose children bear the ids of others", () => {
    const children = [agent(301, 60, { ppid: 300, ...env(2) }), agent(302, 60, { ppid: 300 })];
    expect(whoLeft([agent(300, 50, env(1)), ...children])).toEqual(["certain 1", "certain 2", "nobody"]);
  });

  it("the session of a leader that has gone, where one id is borne, and not where two are", () => {
    const group = { ppid: 1, sid: 299, pgid: 299 };
    const one = [agent(300, 50, { ...group, ...env(2) }), agent(301, 60, group)];
    expect(whoLeft(one)).toEqual(["certain 2", "certain 2"]);
    expect(whoLeft([...one, agent(302, 60, { ...group, ...env(1) })])[1]).toBe("nobody");
  });

  it("the server's own session ties nothing", () => {
    const group = { ppid: 1, sid: 100, pgid: 100 };
    expect(whoLeft([agent(300, 50, { ...group, ...env(2) }), agent(301, 60, group)])).toEqual([
      "certain 2",
      "nobody",
    ]);
  });

  it("the master of a terminal that one has", () => {
    const processes = [agent(300, 50, { ...own(300), ...env(2), fds: [slave(17)] })];
    expect(whoLeft(processes, [master(9, 17), master(10, 18)])).toEqual(["certain 2", "certain 2", "nobody"]);
  });

  it("a terminal that two have is of neither", () => {
    const processes = [
      agent(300, 50, { ...env(2), fds: [slave(17)] }),
      agent(301, 50, { ...env(1), fds: [slave(17)] }),
    ];
    expect(whoLeft(processes, [master(9, 17)])[2]).toBe("nobody");
  });

  it("the server's end of a pipe that is stdin; beyond stderr it may be inherited", () => {
    const pipe = (fd: number): FdEntry => ({ fd, target: "pipe:[77]", inode: 77 });
    expect(whoLeft([agent(300, 50, { ...env(2), fds: [pipe(0)] })], [pipe(9)])[1]).toBe("certain 2");
    expect(whoLeft([agent(300, 50, { ...env(2), fds: [pipe(7)] })], [pipe(9)])[1]).toBe("nobody");
  });

  it("the server's end of a socket pair is likely by the number", () => {
    const unix = (fd: number, inode: number): FdEntry => ({
      fd,
      target: `socket:[${inode}]`,
      inode,
      socket: { protocol: "unix", inode, state: "CONNECTED", local: "", peer: "" },
    });
    const marked = agent(300, 50, { ...env(2), fds: [unix(0, 78)] });
    expect(whoLeft([marked], [unix(9, 77), unix(10, 79)]).slice(1)).toEqual(["likely 2", "nobody"]);
  });

  it("the server's end of a connection from one", () => {
    const [port, door] = ["127.0.0.1:50000", "127.0.0.1:80"];
    const marked = agent(300, 50, { ...env(2), fds: [tcp(5, { local: port, peer: door })] });
    expect(whoLeft([marked], [tcp(9, { peer: port })])[1]).toBe("certain 2");
  });

  it("a zombie is known by what it bore before", () => {
    const alive = agent(300, 50, env(2));
    const { mark: _, ...zombie } = { ...alive, state: "Z", command: "" };
    const view = smallRun({
      operations: [first, second],
      batches: [
        [gateway(), alive],
        [gateway(), zombie],
      ],
    });
    const leftover = processOf(zombie);
    expect(told(attribute(view, [leftover]), leftover)).toBe("certain 2");
  });

  it("an id of an operation that the record has not, or that came later, is none", () => {
    expect(whoLeft([agent(300, 50, env(99))])).toEqual(["nobody"]);
    const late = agent(300, 50, env(2));
    const view = smallRun({
      operations: [first, operation(2, 500, { batch: 2 })],
      batches: [
        [gateway(), late],
        [gateway(), late],
      ],
    });
    const leftover = processOf(late, 1);
    expect(told(attribute(view, [leftover]), leftover)).toBe("nobody");
  });

  it("what is alive after the stop is known by its mark alone", () => {
    const [marked, other] = [agent(300, 50, env(2)), agent(301, 50)];
    const view = smallRun({ operations: [second], batches: [[gateway()]], stopped: [marked, other] });
    const left = [marked, other].map((entry) => processOf(entry, "drain"));
    const ledger = attribute(view, left);
    expect(left.map((leftover) => told(ledger, leftover))).toEqual(["certain 2", "nobody"]);
  });
});

describe("the time of a start", () => {
  const alone = [operation(1, 0), operation(2, 700), operation(3, 1400), operation(4, 1420)];

  it.each([
    { at: 750, who: "likely 2", what: "while only one ran" },
    { at: 830, who: "likely 2", what: "a little after it ended" },
    { at: 900, who: "nobody", what: "a while after it ended" },
    { at: 400, who: "nobody", what: "while none ran" },
    { at: 1430, who: "nobody", what: "while two ran" },
    { at: 1390, who: "nobody", what: "about when two started" },
  ])("$what: $who", ({ at, who }) => {
    const started = agent(300, at);
    const leftover = processOf(started);
    const view = smallRun({ operations: alone, batches: [[gateway(), started]] });
    expect(told(attribute(view, [leftover]), leftover)).toBe(who);
  });

  it("soon after another has ended, of which the server may have been late, is nobody's", () => {
    const started = agent(300, 450);
    const leftover = processOf(started);
    const view = smallRun({
      operations: [operation(1, 0), operation(2, 400)],
      batches: [[gateway(), started]],
    });
    expect(told(attribute(view, [leftover]), leftover)).toBe("nobody");
  });

  it("what a likely one holds is likely", () => {
    const holder = gateway([master(9, 17)]);
    const started = agent(300, 750, { ...own(300), fds: [slave(17)] });
    const view = smallRun({ operations: alone, batches: [[holder, started]] });
    const leftover = fdOf(holder, 9);
    expect(told(attribute(view, [leftover]), leftover)).toBe("likely 2");
  });

  it("without the time of the boot nobody is likely", () => {
    const started = agent(300, 750);
    const leftover = processOf(started);
    const view = smallRun({ operations: alone, batches: [[gateway(), started]] });
    const { bootMs: _, ...system } = view.record.run.system;
    const record = { ...view.record, run: { ...view.record.run, system } };
    expect(attribute(viewOf(record), [leftover]).size).toBe(0);
  });

  it("a worker that was restarted meanwhile is of no operation, and neither is what it holds", () => {
    const worker = agent(200, -5000, { command: "worker", ppid: 100 });
    const next = agent(201, 750, { command: "worker", ppid: 100, fds: [master(9, 17)] });
    const view = smallRun({
      operations: alone,
      baseline: [gateway(), worker],
      batches: [
        [gateway(), worker],
        [gateway(), worker],
        [gateway(), next],
      ],
    });
    const left = [processOf(next, 3), fdOf(next, 9, 3)];
    expect(attribute(view, left).size).toBe(0);
  });
});

function shuffled(record: RunRecord, order: (length: number) => readonly number[]): RunRecord {
  const mix = <T>(items: readonly T[]): T[] =>
    order(items.length).flatMap((index) => items.slice(index, index + 1));
  const snapshots = record.snapshots.map((look) => ({
    ...look,
    processes: mix(look.processes).map((entry) => (entry.fds ? { ...entry, fds: mix(entry.fds) } : entry)),
  }));
  return { ...record, snapshots };
}

/** Who left what, by names that do not depend on the order. */
function ledgerOf(record: RunRecord): string[] {
  const view = viewOf(record);
  const left = judgeView(view).findings.flatMap((leak) => leak.left);
  return [...attribute(view, left)]
    .map(([leftover, { operation, sureness }]) => `${nameOf(leftover)} ${sureness} ${operation.id}`)
    .sort();
}

it("the order of processes and fds makes no difference", () => {
  const { record } = simulatedRun({
    seed: 5,
    sessions: 150,
    perBatch: 15,
    concurrency: 3,
    marked: 0.5,
    tail: 4,
  });
  const plain = ledgerOf(record);
  expect(plain.length).toBeGreaterThan(100);
  assert(
    property(
      integer({ min: 1, max: 1000 }),
      shuffledSubarray([...Array(97).keys()], { minLength: 97 }),
      (shift, row) => {
        const rank = (index: number): number => row[(index * shift) % row.length] ?? 0;
        const order = (length: number): number[] =>
          [...Array(length).keys()].sort((a, b) => rank(a) - rank(b) || b - a);
        expect(ledgerOf(shuffled(record, order))).toEqual(plain);
      },
    ),
    { numRuns: 8 },
  );
});
