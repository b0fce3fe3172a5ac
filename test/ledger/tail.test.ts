import { describe, expect, it } from "vitest";
import { attribute } from "../../src/ledger/attribute.js";
import { countedInTail } from "../../src/ledger/counted-in-tail.js";
import { nameOf } from "../../src/ledger/things.js";
import { judgeView } from "../../src/judge/judge-run.js";
import type { ProcessEntry } from "../../src/model/resource.js";
import type { CriterionId } from "../../src/model/verdict.js";
import { criterion, file, files, mib, nodeProbe, zombie } from "../judge/record-builder.js";
import { agent, gateway, operation, type SmallRun, smallRun } from "./small-run.js";

const alone = [101, 102, 103, 104, 105, 106].map((id, index) =>
  operation(id, 20_000 + 1000 * index, { tail: true, flow: index % 2 === 0 ? "chat" : "search" }),
);

/** What each look of the tail sees: the first before any operation, then one after each. */
function tailOf(...looks: readonly (readonly ProcessEntry[])[]): NonNullable<SmallRun["tail"]> {
  return looks.map((processes, index) => ({ after: index === 0 ? 0 : 100 + index, processes }));
}

function leftIn(tail: SmallRun["tail"], more: Partial<SmallRun> = {}): string[] {
  const view = smallRun({ operations: alone, batches: [[gateway()]], ...more, ...(tail ? { tail } : {}) });
  return [...attribute(view, [])]
    .map(([leftover, { operation, sureness }]) => `${nameOf(leftover)}: ${sureness} ${operation.id}`)
    .sort();
}

describe("what operations of the tail leave", () => {
  it("is likely theirs when it is there to the end", () => {
    const [none, one, two] = [gateway(), gateway(files(9, 1)), gateway(files(9, 2))];
    expect(leftIn(tailOf([none], [one], [one], [two], [two]))).toEqual([
      "fd 10 → /tmp/x of pid 100: likely 103",
      "fd 9 → /tmp/x of pid 100: likely 101",
    ]);
  });

  it("is nothing when it is given back, or was there before the first of them", () => {
    const [none, one] = [gateway(), gateway(files(9, 1))];
    expect(leftIn(tailOf([none], [one], [none]))).toEqual([]);
    expect(leftIn(tailOf([one], [one], [one]))).toEqual([]);
  });

  it("is nobody's where it came only while the last look waited", () => {
    const [none, one] = [gateway(), gateway(files(9, 1))];
    const looks = tailOf([none], [none]);
    expect(leftIn([...looks, { after: 101, processes: [one] }])).toEqual([]);
  });

  it("is not told from what takes the place of another", () => {
    const [before, after] = [gateway(files(9, 1)), gateway(files(10, 1))];
    expect(leftIn(tailOf([before], [after], [after]))).toEqual([]);
  });

  it("is certain where it bears the session id", () => {
    const mark = { mark: { operation: 102, where: "arguments" as const } };
    const [own, other] = [agent(300, 21_050, mark), agent(301, 90_000)];
    expect(leftIn(tailOf([gateway()], [gateway()], [gateway(), own, other]))).toEqual([
      "pid 300 goose run: certain 102",
      "pid 301 goose run: likely 102",
    ]);
  });

  it("is of nobody where the start tells of another operation than the look", () => {
    const late = agent(300, 20_050);
    expect(leftIn(tailOf([gateway()], [gateway()], [gateway(), late]))).toEqual([]);
  });

  it("has zombies of the target's own, and the terminals of processes", () => {
    const terminal = agent(300, 90_000, { fds: [file(0, "/dev/pts/5")] });
    const orphan = { ...zombie(302), ppid: 1 };
    expect(leftIn(tailOf([gateway()], [gateway(), terminal, zombie(301), orphan]))).toEqual([
      "pid 300 goose run: likely 101",
      "pts/5: likely 101",
      "zombie pid 301 [goose]: likely 101",
    ]);
  });

  it("is not what a worker holds that was restarted then", () => {
    const [old, young] = [
      agent(200, -9000, { command: "worker 1" }),
      agent(201, 90_000, { command: "worker 2", fds: files(9, 3) }),
    ];
    const more = { baseline: [gateway(), old], batches: [[gateway(), old]] };
    expect(leftIn(tailOf([gateway(), old], [gateway(), young], [gateway(), young]), more)).toEqual([]);
  });
});

describe("what is only counted", () => {
  const rises = (
    id: CriterionId,
    probesAfter: (after: number) => ReturnType<typeof nodeProbe>,
    perOperation?: number,
  ) => {
    const looks = tailOf(...[0, 1, 2, 3, 4, 5, 6].map(() => [gateway()]));
    const view = smallRun({
      operations: alone,
      batches: [[gateway()]],
      tail: looks,
      probes: ({ after }) => [probesAfter(after ?? 0)],
    });
    const result = { ...criterion(judgeView(view), id), perOperation };
    return countedInTail(view, result).map(({ operation, what }) => `${operation.id}: ${what}`);
  };

  it("tasks that stay, by type", () => {
    const types = (timers: number, sockets: number) => ({
      ...nodeProbe(timers + sockets),
      tasksByType: { Timeout: timers, TCPSocketWrap: sockets },
    });
    expect(rises("tasks", (after) => types(4 + Number(after >= 102), 2 + 2 * Number(after >= 105)))).toEqual([
      "102: 1 task Timeout",
      "105: 2 tasks TCPSocketWrap",
    ]);
  });

  it("tasks that go again are nobody's", () => {
    expect(rises("tasks", (after) => nodeProbe(after === 103 ? 9 : 4))).toEqual([]);
  });

  it("memory far above its noise, and half of what an operation leaves", () => {
    const noise = (after: number) => ((after * 7919) % 13) * 1024;
    const bytes = (after: number) =>
      10 * mib + noise(after) + mib * (Number(after >= 102) + Number(after >= 105));
    expect(rises("memory", (after) => nodeProbe(4, bytes(after)), mib / 3)).toEqual([
      "102: 1017 KiB of memory",
      "105: 1 MiB of memory",
    ]);
    expect(rises("memory", (after) => nodeProbe(4, bytes(after)), 10 * mib)).toEqual([]);
  });

  it("memory without a collection tells nothing", () => {
    const probe = (after: number) => ({ ...nodeProbe(4, 10 * mib + after * mib), collected: false });
    expect(rises("memory", probe, mib)).toEqual([]);
  });
});
