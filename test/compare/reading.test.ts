import { describe, expect, it } from "vitest";
import type { CountId } from "../../src/compare/counts-left.js";
import { type RunReading, readRun } from "../../src/compare/reading.js";
import type { RunRecord } from "../../src/model/record.js";
import {
  child,
  files,
  mib,
  nodeProbe,
  type Plan,
  recordOf,
  server,
  zombie,
} from "../judge/record-builder.js";

const read = (plan: Plan = {}, more: Partial<RunRecord> = {}): RunReading =>
  readRun({ ...recordOf(plan), ...more }, "runs/1");
const units = (reading: RunReading, id: CountId): number[] | undefined =>
  reading.counts[id].read?.batches.map((batch) => batch.units);
const each = (batches: number, one: number): number[] => Array.from({ length: batches }, () => one);

describe("readRun", () => {
  it("counts what came with each batch and stayed", () => {
    const leaky = read({ processes: ({ batch }) => [server(files(0, 5 + 2 * batch))] });
    expect(units(leaky, "fds")).toEqual(each(10, 2));
    expect(leaky.counts.fds.read?.batches[0]?.operations).toBe(100);
    expect(leaky.counts.fds.read?.passes).toBe(false);
    expect(leaky).toMatchObject({ operations: 1000, unusable: undefined, noted: [] });
  });

  it("counts nothing where all of it was given back", () => {
    const clean = read({ processes: ({ batch, drained }) => [server(files(0, drained ? 5 : 5 + batch))] });
    expect(units(clean, "fds")).toEqual(each(10, 0));
    expect(clean.counts.fds.read?.passes).toBe(true);
  });

  it("counts processes, zombies and tasks", () => {
    const many = (batch: number) => Array.from({ length: batch }, (_, index) => index);
    const processes = read({
      processes: ({ batch }) => [server(), ...many(batch).map((n) => child(200 + n))],
    });
    expect(units(processes, "processes")).toEqual(each(10, 1));
    const zombies = read({
      processes: ({ batch }) => [server(), ...many(batch).map((n) => zombie(200 + n))],
    });
    expect(units(zombies, "zombies")).toEqual(each(10, 1));
    expect(units(zombies, "processes")).toEqual(each(10, 0));
    const tasks = read({ probes: ({ batch }) => [nodeProbe(4 + 3 * batch)] });
    expect(units(tasks, "tasks")).toEqual(each(10, 3));
    expect(tasks.counts.tasks.read?.by).toBe("node");
  });

  it("takes what only stands in for another for nothing new", () => {
    const rotated = read({
      processes: ({ batch }) => [server(files(batch > 4 ? 20 : 0, 3, "/var/log/app.log"))],
    });
    expect(units(rotated, "fds")).toEqual(each(10, 0));
  });

  it("reads how memory grows", () => {
    const growing = read({ probes: ({ batch }) => [nodeProbe(4, 10 * mib + 100_000 * batch)] });
    expect(growing.memory.read?.slope.quantile(0.5)).toBeCloseTo(1000, 0);
    expect(growing.memory.read?.by).toBe("live bytes after a forced collection");
  });

  it("says what could not be read", () => {
    const { counts } = read({ processes: () => [server([], { fds: undefined, fdCount: undefined })] });
    expect(counts.ptys.lack).toBeDefined();
  });

  it("says that a run with no batch, or too few, tells nothing", () => {
    expect(read({ batches: 0 }).unusable).toBe("it ended before its first batch");
    const short = read({ batches: 3 });
    expect(short.unusable).toBeUndefined();
    expect(short.counts.fds.lack).toContain("only 3 quiescent points");
    expect(short.memory.lack).toContain("only 3 quiescent points");
  });

  it("leaves out what broke, was watched, or is a second pass", () => {
    expect(read({ end: { outcome: "broke", reason: "the target died" } }).unusable).toBe(
      "it broke: the target died",
    );
    const { run } = recordOf();
    expect(read({}, { run: { ...run, watched: { unit: "seconds" } } }).unusable).toContain("watched");
    expect(read({}, { run: { ...run, traced: true } }).unusable).toContain("second pass");
  });

  it("notes an end before the end", () => {
    expect(read({ end: { outcome: "interrupted" } }).noted).toEqual(["it was interrupted"]);
    expect(read({ end: null }).noted).toEqual(["its record is cut short"]);
    expect(read({ end: { outcome: "stalled" } }).noted).toEqual(["its load ended early"]);
  });
});
