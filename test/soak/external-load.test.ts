import { createServer, type Server } from "node:http";
import { afterEach, expect, it } from "vitest";
import type { RecordLine } from "../../src/model/record.js";
import type { Engine } from "../../src/model/engine.js";
import { ExternalLoad } from "../../src/soak/external-load.js";
import { Fate } from "../../src/soak/fate.js";
import { Journal } from "../../src/soak/journal.js";
import { FakeClock } from "../support/fake-clock.js";
import { scenarioOf, targetOf } from "./fakes.js";

let server: Server | undefined;
afterEach(() => void server?.close());

/** A page that counts 100 more each time. */
async function page(): Promise<string> {
  let asked = 0;
  server = createServer((_, response) => response.end(`done_total ${100 * asked++}\n`));
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
}

function watching(engine: Omit<Extract<Engine, { kind: "external" }>, "kind">) {
  const lines: RecordLine[] = [];
  const clock = new FakeClock();
  const scenario = scenarioOf({ flows: {}, load: "external" });
  const record = { append: (line: RecordLine) => void lines.push(line) };
  const journal = new Journal({ scenario, record, clock, onProgress: () => undefined });
  const fate = new Fate({ stop: new AbortController().signal, unwritable: journal.unwritable });
  const endpoint = { port: 1, words: [], spec: scenario.target, values: {} };
  const around = {
    scenario,
    endpoint,
    target: targetOf(),
    folder: "",
    clock,
    journal,
    fate,
    procRoot: "/nowhere",
  };
  return { load: new ExternalLoad(around, { kind: "external", ...engine }), lines, clock, journal, fate };
}

const batch = (number: number) => ({ number, operations: 10, rampMs: 0 });

it("waits for a slot, and tells it in seconds where nobody counts", async () => {
  const { load, lines, clock, journal } = watching({ slotMs: 10_000 });
  const sinceMs = clock.now();
  await load.runBatch(batch(1));
  await load.runBatch(batch(2));
  expect(clock.now() - sinceMs).toBe(20_000);
  expect(journal.operations).toBe(20);
  expect(lines).toMatchObject([
    { type: "load", batch: 1, landed: 0, failed: 0, source: "nobody" },
    { type: "load", batch: 2, landed: 0 },
  ]);
});

it("tells whole seconds, which do not drift", async () => {
  const { load, journal } = watching({ slotMs: 1400 });
  const told: number[] = [];
  for (let number = 1; number <= 5; number++) {
    await load.runBatch(batch(number));
    told.push(journal.operations);
  }
  expect(told).toEqual([1, 3, 4, 6, 7]);
});

it("tells it in what a metric counts, but not what came before", async () => {
  const count = { from: "metric", url: await page(), name: "done_total" } as const;
  const { load, lines, journal } = watching({ slotMs: 1000, count });
  await load.runBatch(batch(1));
  await load.runBatch(batch(2));
  expect(journal.operations).toBe(200);
  expect(lines).toMatchObject([{ landed: 100, source: "metric done_total" }, { landed: 100 }]);
});

it("ends the run where the metric cannot be read", async () => {
  const count = { from: "metric", url: "http://127.0.0.1:1/", name: "done_total" } as const;
  const { load, lines, fate } = watching({ slotMs: 1000, count });
  await load.runBatch(batch(1));
  expect(lines).toEqual([]);
  expect(fate.told(targetOf())).toMatchObject({
    outcome: "stalled",
    reason: expect.stringMatching(/^cannot read the metric done_total/),
  });
});

it("a slot is over at once when the run is to end", async () => {
  const { load, lines, fate } = watching({ slotMs: 10_000 });
  fate.died("gone");
  await load.runBatch(batch(1));
  expect(lines).toEqual([]);
});
