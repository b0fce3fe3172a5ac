import { describe, expect, test } from "vitest";
import { judgeRun } from "../../src/judge/judge-run.js";
import type { FdEntry } from "../../src/model/resource.js";
import {
  criterion,
  file,
  files,
  type Moment,
  type Plan,
  recordOf,
  rule,
  server,
  socket,
} from "./record-builder.js";

function judge(fdsAt: (moment: Moment) => readonly FdEntry[], plan: Plan = {}) {
  const result = judgeRun(recordOf({ batches: 20, processes: (moment) => [server(fdsAt(moment))], ...plan }));
  const found = result.findings.filter((finding) => finding.criterion === "fds");
  return { ...criterion(result, "fds"), found };
}

const standard = [file(0, "/dev/null"), file(1, "/var/log/out")];

/** Connections with the numbers `from` to `to`, of which each was opened once. */
function connections(from: number, to: number): FdEntry[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) =>
    socket(100 + ((from + index) % 900), 5000 + from + index, "ESTABLISHED"),
  );
}

describe("a leak", () => {
  test("leaves what came all along", () => {
    const { found, ...leak } = judge(({ batch }) => [...standard, ...files(10, 3 * batch)]);
    expect(leak).toMatchObject({ verdict: "fail", shape: "steady leak", end: 62 });
    expect(found[0]?.summary).toContain("60 file descriptors were left by 2000 operations");
  });

  test("of one in a hundred operations is rare, and found", () => {
    const leak = judge(({ batch }) => [...standard, ...files(10, batch)]);
    expect(leak).toMatchObject({ verdict: "fail", shape: "rare leak" });
    expect(leak.low).toBeLessThan(0.01);
    expect(leak.high).toBeGreaterThan(0.01);
  });

  test("behind a count that stands still, since as many of another kind are closed, is found", () => {
    const held = files(10, 80, "/tmp/held");
    const leak = judge(({ batch }) => [
      ...standard,
      ...held.slice(2 * batch),
      ...files(200, 2 * batch, "/tmp/leak"),
    ]);
    expect(leak).toMatchObject({ verdict: "fail", baseline: 82, end: 82 });
    expect(leak.found[0]?.resource).toBe("file descriptor /tmp/leak");
  });

  test("beside a pool whose members change is found", () => {
    const pool = ({ batch }: Moment) => connections(8 * batch, 8 * batch + 8);
    const leak = judge((moment) => [
      ...standard,
      ...pool(moment),
      ...files(1100, 2 * moment.batch, "/tmp/leak"),
    ]);
    expect(leak.verdict).toBe("fail");
    expect(leak.found[0]?.summary).toContain("/tmp/leak (40)");
  });
});

describe("a pool whose members change", () => {
  test("is one though none of the baseline's connections is left", () => {
    const swapped = judge(({ batch }) => [...standard, ...connections(8 * batch, 8 * batch + 8)]);
    expect(swapped).toMatchObject({ verdict: "pass", baseline: 10, end: 10 });
  });

  test("is one though it grew before the members changed", () => {
    const grown = judge(({ batch }) => [
      ...standard,
      ...(batch === 0 ? [] : connections(8 * batch, 8 * batch + Math.min(8, 2 * batch))),
    ]);
    expect(grown).toMatchObject({ verdict: "pass", shape: "filling pool", baseline: 2, end: 10 });
    expect(grown.reason).toContain("a pool of 8 file descriptors whose members change");
  });

  test("is one that changes them one by one", () => {
    const rolling = judge(({ batch }) => [...standard, ...connections(batch, batch + 12)]);
    expect(rolling.verdict).toBe("pass");
  });
});

describe("what took another's place", () => {
  test("is replaced where it is of the kind, as a rotated log is", () => {
    const rotated = judge(({ batch }) => [file(0, "/dev/null"), file(5 + batch, `/var/log/out.${batch}`)]);
    expect(rotated).toMatchObject({ verdict: "pass", shape: "clean" });
    expect(rotated.reason).toContain("1 file descriptor replaced by others of the kind");
  });

  test("is left where it is of another kind", () => {
    const other = judge(({ batch }) => [
      file(0, "/dev/null"),
      file(5, batch < 4 ? "/var/log/out" : "/tmp/x"),
    ]);
    expect(other.reason).not.toContain("replaced");
    expect(other).toMatchObject({ shape: "one-off step" });
  });
});

describe("what the scenario allows", () => {
  const late = ({ batch }: Moment) => [...standard, ...files(10, batch < 19 ? 0 : 2)];

  test("passes, with less power for each of them", () => {
    const allowed = judge(late, { criteria: { fds: { ...rule, allow: 2 } } });
    expect(allowed).toMatchObject({ verdict: "pass", shape: "flat" });
    expect(allowed.reason).toContain("2 file descriptors left, which the scenario allows");
    expect(allowed.detectable).toBeCloseTo((3 * 5.298) / 2000, 5);
  });

  test("and one more does not", () => {
    expect(judge(late, { criteria: { fds: { ...rule, allow: 1 } } }).verdict).not.toBe("pass");
  });

  test("is no excuse for a leak", () => {
    const leak = judge(({ batch }) => [...standard, ...files(10, 5 * batch)], {
      criteria: { fds: { ...rule, allow: 2 } },
    });
    expect(leak.verdict).toBe("fail");
  });
});

describe("power that is asked for", () => {
  const asking = (operations: number): Plan => {
    return { criteria: { fds: { ...rule, detectPerOperation: 1 / operations } } };
  };

  test("and not there is no pass", () => {
    expect(judge(() => standard, asking(370)).verdict).toBe("pass");
    const weak = judge(() => standard, asking(400));
    expect(weak).toMatchObject({ verdict: "inconclusive" });
    expect(weak.reason).toContain("1 per 400 operations is asked for: run longer");
  });

  test("is not asked of a leak", () => {
    expect(judge(({ batch }) => [...standard, ...files(10, 5 * batch)], asking(1e6)).verdict).toBe("fail");
  });
});
