import { describe, expect, it } from "vitest";
import type { ProcessEntry } from "../../src/model/resource.js";
import type { Snapshot } from "../../src/model/snapshot.js";
import type { CriterionId } from "../../src/model/verdict.js";
import { Stayed } from "../../src/soak/stayed.js";
import { main } from "./fakes.js";

interface Held {
  /** Numbers of the main process's fds, which are those of PTYs too. */
  readonly fds?: readonly number[];
  readonly processes?: readonly Partial<ProcessEntry>[];
  readonly tasks?: number;
}

function snapshotOf({ fds = [], processes = [], tasks }: Held): Snapshot {
  const held = fds.map((fd) => ({ fd, target: "/dev/ptmx", inode: 2, ptsNumber: fd }));
  return {
    phase: "tail",
    batch: 1,
    operations: 1,
    atMs: 1,
    quiet: true,
    processes: [{ ...main, fds: held }, ...processes.map((parts) => ({ ...main, fds: held, ...parts }))],
    probes: [
      { probe: "first", gaps: [] },
      ...(tasks === undefined ? [] : [{ probe: "node", tasks, gaps: [] }]),
    ],
    gaps: [],
  };
}

function fewest(criteria: readonly CriterionId[], ...looks: readonly Held[]): number {
  const stayed = new Stayed(criteria);
  for (const look of looks) stayed.add(snapshotOf(look));
  return stayed.fewest;
}

interface Case {
  readonly criterion: CriterionId;
  readonly looks: readonly Held[];
}

const fds = (...sets: readonly (readonly number[])[]): Held[] => sets.map((set) => ({ fds: set }));
const tasks = (...levels: readonly number[]): Held[] => levels.map((level) => ({ tasks: level }));

describe("operations after which something stayed", () => {
  it.each<[string, Case, number]>([
    ["none before the first", { criterion: "fds", looks: [{ fds: [1, 2] }] }, 0],
    ["each with a new fd", { criterion: "fds", looks: fds([1], [1, 2], [1, 2, 3], [1, 2, 3, 4]) }, 3],
    ["one with two new fds as one", { criterion: "fds", looks: fds([1], [1, 2, 3], [1, 2, 3]) }, 1],
    ["not one whose fd is gone again", { criterion: "fds", looks: fds([1], [1, 2], [1], [1, 3]) }, 1],
    ["one that changed an fd for another", { criterion: "fds", looks: fds([1], [2], [2]) }, 1],
    ["PTYs", { criterion: "ptys", looks: fds([1], [1, 2], [1, 2, 3]) }, 2],
    [
      "processes",
      {
        criterion: "processes",
        looks: [{}, { processes: [{ pid: 8 }] }, { processes: [{ pid: 8 }, { pid: 9 }] }],
      },
      2,
    ],
    [
      "not a process that has become a zombie",
      { criterion: "processes", looks: [{}, { processes: [{ pid: 8, state: "Z" }] }] },
      0,
    ],
    ["zombies", { criterion: "zombies", looks: [{}, { processes: [{ pid: 8, state: "Z" }] }] }, 1],
    [
      "not the fds of a new process",
      { criterion: "fds", looks: [{ fds: [1] }, { fds: [1], processes: [{ pid: 8 }] }] },
      0,
    ],
    ["levels of tasks that stay", { criterion: "tasks", looks: tasks(5, 6, 6, 7, 9) }, 3],
    ["not a level that falls back", { criterion: "tasks", looks: tasks(5, 7, 5, 6, 5) }, 0],
    ["no tasks where nobody counts them", { criterion: "tasks", looks: [{}, {}, {}] }, 0],
  ])("are counted: %s", (_, { criterion, looks }, count) => {
    expect(fewest([criterion], ...looks)).toBe(count);
  });

  it("are as few as those of the criterion that has fewest", () => {
    const looks = [
      { fds: [1], tasks: 1 },
      { fds: [1, 2], tasks: 1 },
      { fds: [1, 2, 3], tasks: 2 },
    ];
    expect(fewest(["fds", "tasks", "memory"], ...looks)).toBe(1);
  });

  it("cannot be told of memory", () => {
    expect(new Stayed(["memory"]).canTell).toBe(false);
    expect(new Stayed(["memory", "fds"]).canTell).toBe(true);
  });
});
