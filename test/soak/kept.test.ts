import { describe, expect, it } from "vitest";
import { parseRecord } from "../../src/model/record-reader.js";
import type { RecordLine } from "../../src/model/record.js";
import type { FdEntry, ProcessEntry } from "../../src/model/resource.js";
import { Kept } from "../../src/soak/kept.js";
import { main, operationOf, scenarioOf } from "./fakes.js";

const run: RecordLine = {
  type: "run",
  version: 2,
  tool: "watertight",
  startedAtMs: 1,
  scenario: scenarioOf(),
  quick: false,
  plant: undefined,
  command: [],
  system: { kernel: "", node: "", cpus: 1, memoryBytes: 1, pidMax: 1, ptyMax: 1 },
};

function snapshotOf(...processes: ProcessEntry[]): RecordLine & { type: "snapshot" } {
  const moment = { phase: "batch", batch: 1, operations: 1, atMs: 1, quiet: true } as const;
  return { type: "snapshot", ...moment, processes, probes: [], gaps: [] };
}

function keptOf(...lines: readonly RecordLine[]): Kept {
  const kept = new Kept();
  for (const line of [run, ...lines]) kept.add(line);
  return kept;
}

const file = (fd: number, inode = 0): FdEntry => ({ fd, target: "/dev/null", inode });
const socket = (fd: number, state: string): FdEntry => ({
  ...file(fd, 9),
  socket: { protocol: "tcp", inode: 9, state, local: "a", peer: "b" },
});
const holding = (...fds: FdEntry[]): ProcessEntry => ({ ...main, fds });

describe("what is kept of a run", () => {
  it("is what a reader finds in its record", () => {
    const lines: RecordLine[] = [
      { type: "started", atMs: 2, pid: 7, tookMs: 1, follow: "marker", probes: [] },
      { type: "phase", phase: "batch", batch: 1, atMs: 3 },
      { type: "operation", ...operationOf() },
      { type: "operation", ...operationOf({ outcome: "failed", reason: "late", step: 2 }) },
      snapshotOf(holding(file(1), file(2))),
      { ...snapshotOf(holding(file(2), file(3)), { ...main, pid: 8 }), batch: 2 },
      { type: "look", look: 1, batch: 2, operations: 2, atMs: 4, decided: false, waitsFor: "memory" },
      { type: "note", atMs: 5, text: "hello" },
    ];
    const text = [run, ...lines].map((line) => `${JSON.stringify(line)}\n`).join("");
    const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    expect(plain(keptOf(...lines).record())).toEqual(plain(parseRecord(text)));
  });

  it("holds operations of one batch that went alike once, and forgets their ports", () => {
    const parts = [
      { id: 1, localPorts: [80] },
      { id: 2 },
      { id: 3, outcome: "failed" },
      { id: 4, batch: 2 },
      { id: 5, batch: 2, tail: true },
    ] as const;
    const { operations } = keptOf(
      ...parts.map((part): RecordLine => ({ type: "operation", ...operationOf(part) })),
    ).record();
    expect(operations.at(-1)).toMatchObject({ tail: true });
    expect(operations.map(({ id, batch, outcome }) => [id, batch, outcome])).toEqual([
      [1, 1, "landed"],
      [1, 1, "landed"],
      [3, 1, "failed"],
      [4, 2, "landed"],
      [5, 2, "landed"],
    ]);
    expect(operations[0]).toBe(operations[1]);
    expect(operations[0]?.localPorts).toEqual([]);
  });

  it.each<[string, readonly [FdEntry[], FdEntry[]], boolean[]]>([
    [
      "what stayed",
      [
        [file(1), file(2)],
        [file(1), file(2), file(3)],
      ],
      [true, true, false],
    ],
    ["what stayed where others went", [[file(1), file(2)], [file(2)]], [true]],
    ["not what has the same number only", [[file(1, 5)], [file(1, 6)]], [false]],
    ["a socket in the same state", [[socket(1, "LISTEN")], [socket(1, "LISTEN")]], [true]],
    ["not a socket in another state", [[socket(1, "ESTABLISHED")], [socket(1, "CLOSE_WAIT")]], [false]],
    ["not a socket of which less is known", [[socket(1, "LISTEN")], [file(1, 9)]], [false]],
  ])("shares between snapshots %s", (_, [before, now], shared) => {
    const [one, other] = keptOf(snapshotOf(holding(...before)), snapshotOf(holding(...now))).record()
      .snapshots;
    const [earlier, later] = [one, other].map((snapshot) => snapshot?.processes[0]?.fds ?? []);
    expect(later).toEqual(now);
    expect(later?.map((entry) => earlier?.includes(entry))).toEqual(shared);
  });

  it("shares the whole list where nothing changed, in the same process only", () => {
    const again = holding(file(1));
    const recycled = { ...holding(file(1)), startTicks: 71 };
    const lists = keptOf(snapshotOf(holding(file(1))), snapshotOf(again), snapshotOf(recycled))
      .record()
      .snapshots.map(({ processes }) => processes[0]?.fds);
    expect(lists[1]).toBe(lists[0]);
    expect(lists[2]).not.toBe(lists[0]);
  });

  it("is nothing before the first line", () => {
    expect(() => new Kept().record()).toThrow("nothing was recorded yet");
  });
});
