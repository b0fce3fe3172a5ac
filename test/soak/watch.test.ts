import { describe, expect, it } from "vitest";
import type { RecordLine } from "../../src/model/record.js";
import type { Snapshot } from "../../src/model/snapshot.js";
import { watched } from "./watching.js";

const snapshotsOf = (lines: readonly RecordLine[]): Snapshot[] =>
  lines.filter((line) => line.type === "snapshot");
const endOf = (lines: readonly RecordLine[]) => lines.find((line) => line.type === "end");

describe("the record of a watch", () => {
  it("says what was watched, and that nobody paced the load", async () => {
    const { lines } = await watched();
    expect(lines[0]).toMatchObject({ type: "run", attached: "pid:7", watched: { unit: "seconds" } });
    expect(lines.filter(({ type }) => ["operation", "load", "stop"].includes(type))).toEqual([]);
    expect(lines.find(({ type }) => type === "note")).toMatchObject({ text: "cannot read something" });
    expect(endOf(lines)).toMatchObject({ outcome: "complete" });
  });

  it("has three looks before, one in each slot with the seconds gone by, and three at the end", async () => {
    const { lines } = await watched({ forMs: 65_000, everySeconds: 10 });
    const seen = snapshotsOf(lines).map(({ phase, batch }) => `${phase} ${batch}`);
    expect(seen).toEqual([
      ...Array.from({ length: 3 }, () => "baseline 0"),
      ...[1, 2, 3, 4, 5, 6].map((batch) => `batch ${batch}`),
      ...Array.from({ length: 3 }, () => "drain 6"),
    ]);
    const batches = snapshotsOf(lines).filter(({ phase }) => phase === "batch");
    expect(batches[0]?.operations).toBeGreaterThanOrEqual(10);
    const seconds = batches.map(({ operations }) => operations);
    expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
  });

  it("ticks", async () => {
    const { lines } = await watched();
    expect(lines.filter(({ type }) => type === "tick").length).toBeGreaterThan(12);
  });
});

describe("a watch that ends early", () => {
  it("by hand is judged on what there is: the looks at the end are made", async () => {
    const stop = new AbortController();
    const onTick = ({ elapsedMs }: { readonly elapsedMs: number }): void => {
      if (elapsedMs > 30_000) stop.abort();
    };
    const { lines } = await watched({ stop: stop.signal, onTick });
    expect(endOf(lines)).toMatchObject({ outcome: "interrupted" });
    const phases = snapshotsOf(lines).map(({ phase }) => phase);
    expect(phases.slice(-3)).toEqual(["drain", "drain", "drain"]);
    expect(phases.filter((phase) => phase === "batch").length).toBeLessThan(12);
  });

  it("by the end of the target broke, and keeps what was measured", async () => {
    let die: (exit: { code: null; signal: null; atMs: number }) => void = () => undefined;
    const exited = new Promise<{ code: null; signal: null; atMs: number }>((resolve) => (die = resolve));
    const onTick = ({ elapsedMs }: { readonly elapsedMs: number }): void => {
      if (elapsedMs > 30_000) die({ code: null, signal: null, atMs: 0 });
    };
    const { lines } = await watched({ exited, onTick });
    expect(endOf(lines)).toMatchObject({
      outcome: "broke",
      reason: expect.stringMatching(/^the target ended after \d+ s of the watch$/),
    });
    expect(snapshotsOf(lines).some(({ phase }) => phase === "drain")).toBe(false);
    expect(snapshotsOf(lines).length).toBeGreaterThan(3);
  });
});

describe("while it goes on", () => {
  it("names what grows, and of what kind it is, within two minutes", async () => {
    const { news } = await watched({ fds: (seconds) => 20 + Math.floor(seconds) });
    expect(news.length).toBeGreaterThan(0);
    expect(news[0]).toMatchObject({
      grows: { what: "fds", unit: "count", kinds: [{ label: "/dev/null" }] },
    });
    const [first] = news;
    const growth = first && "grows" in first ? first.grows : undefined;
    expect(growth?.overMs).toBeLessThan(120_000);
    expect(growth?.kinds[0]?.more).toBeGreaterThan(10);
  });

  it("says nothing of what only moves", async () => {
    expect((await watched({ fds: (seconds) => 20 + (Math.floor(seconds) % 9) })).news).toEqual([]);
  });

  it("says when it is over", async () => {
    const { news } = await watched({
      forMs: 1_200_000,
      fds: (seconds) => 20 + Math.min(300, Math.floor(seconds)),
    });
    expect(news.some((piece) => "grows" in piece)).toBe(true);
    expect(news.at(-1)).toMatchObject({ ended: { what: "fds", to: 320 } });
  });
});
