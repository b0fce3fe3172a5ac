import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LineCounter, parseDocument } from "yaml";
import { scenarioJsonSchema } from "../../src/scenario/json-schema.js";
import { listShipped } from "../../src/scenario/load.js";
import { scenarioFile } from "../../src/scenario/schema.js";
import { badInputs } from "./bad-inputs.js";

const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(scenarioJsonSchema());
const agree = (data: unknown): [boolean, boolean] => [validate(data), scenarioFile.safeParse(data).success];

/** What JSON Schema cannot say. */
const beyondSchema = new Set(["duration too long for a timer", "key that JavaScript keeps for itself"]);

const shipped = await listShipped(join(import.meta.dirname, "../../scenarios"));

test.each(shipped)("$name pleases both", async ({ path }) => {
  const data: unknown = parseDocument(await readFile(path, "utf8")).toJS();
  expect(agree(data)).toEqual([true, true]);
});

describe("on bad input both say the same", () => {
  const readable = Object.entries(badInputs)
    .map(([name, text]) => ({
      name,
      document: parseDocument(text.slice(0, 2000), { lineCounter: new LineCounter() }),
    }))
    .filter(
      ({ name, document }) => document.errors.length === 0 && !/alias/.test(name) && !beyondSchema.has(name),
    );

  test.each(readable)("$name", ({ document }) => {
    const data: unknown = document.toJS();
    const [byAjv, byZod] = agree(data);
    expect(byAjv).toBe(byZod);
  });
});

test("on any value in any place both say the same", () => {
  const base = { flows: { a: { steps: ["connect", "close"] } } };
  const value = fc.oneof(
    fc.constantFrom(
      "5s",
      "0s",
      "1%",
      "100%",
      "64MiB",
      "/x",
      "1 per 250 operations",
      "20KiB per operation",
      "fin",
      "auto",
      "SIGTERM",
      "ws://a",
      "",
      true,
      false,
      null,
    ),
    fc.integer({ min: -2, max: 30_000 }),
    fc.double({ noNaN: true, min: -1, max: 2 }),
    fc.dictionary(
      fc.constantFrom(
        "within",
        "path",
        "how",
        "json",
        "type",
        "allow",
        "drop",
        "quiet",
        "detect",
        "used",
        "command",
        "node",
      ),
      fc.constantFrom<unknown>("5s", 1, true, "/x", "1 per 250 operations", "20KiB per operation"),
    ),
    fc.array(fc.constantFrom("a", 1), { maxLength: 2 }),
  );
  const places: readonly ((value: unknown) => object)[] = [
    (drain) => ({ ...base, drain }),
    (batch) => ({ ...base, load: { batch } }),
    (maxFailed) => ({ ...base, load: { maxFailed } }),
    (settle) => ({ ...base, quick: { settle } }),
    (command) => ({ ...base, target: { command } }),
    (ready) => ({ ...base, target: { ready } }),
    (fds) => ({ ...base, criteria: { fds } }),
    (detect) => ({ ...base, detect }),
    (memory) => ({ ...base, criteria: { memory } }),
    (zombies) => ({ ...base, criteria: { zombies } }),
    (stop) => ({ ...base, stop: { signal: stop } }),
    (url) => ({ ...base, target: { url } }),
    (prometheus) => ({ ...base, probes: { prometheus } }),
    (go) => ({ ...base, probes: { go } }),
    (threads) => ({ ...base, probes: { threads } }),
    (queue) => ({ ...base, probes: { commands: { queue } } }),
    (commands) => ({ ...base, probes: { commands } }),
    ...["connect", "send", "expect", "wait", "close", "drop", "exec", "spawn", "http"].map(
      (kind) => (value: unknown) => ({ flows: { a: { steps: [{ [kind]: value }] } } }),
    ),
  ];
  fc.assert(
    fc.property(fc.constantFrom(...places), value, (put, each) => {
      const [byAjv, byZod] = agree(put(each));
      expect(byAjv).toBe(byZod);
    }),
    { numRuns: 1000 },
  );
});

test("every field is described, for editors to show", () => {
  const undescribed: string[] = [];
  const walk = (schema: unknown, at: readonly string[]): void => {
    if (typeof schema !== "object" || schema === null) return;
    if (at.at(-2) === "properties" && !("description" in schema)) undescribed.push(at.join("."));
    for (const [key, value] of Object.entries(schema)) walk(value, [...at, key]);
  };
  walk(scenarioJsonSchema(), []);
  expect(undescribed).toEqual([]);
});
