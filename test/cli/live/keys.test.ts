import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { main } from "../../../src/cli/main.js";
import { parseRecord } from "../../../src/model/record-reader.js";
import { fakeHost } from "../fake-host.js";
import {
  cleanUpAfterEach,
  eventually,
  fixture,
  recorded,
  scenario,
  scenarioFile,
  tempFolder,
} from "../rig.js";

cleanUpAfterEach();

const load = { duration: "2m", batch: 10, concurrency: 5, warmup: 10 };

it("a run that is looked at, paused and stopped by keys is judged on what there is", async () => {
  const cwd = tempFolder();
  scenarioFile(cwd, scenario(fixture("echoes.mjs"), { load }));
  const { host, type, stderr, stdout, stdin, handlers } = fakeHost({
    cwd,
    isTTY: true,
    keys: true,
    columns: 100,
    rows: 30,
    env: { NO_COLOR: "1" },
  });
  const out = join(cwd, "out");
  const code = main(["run", "small.yaml", "--out", "out", "--no-why"], host);
  await eventually(() => recorded(out, '"phase":"batch","batch":3'), "the third batch");
  type("s");
  await eventually(() => stderr().includes("looked: batch"), "the look");
  type(" ");
  await eventually(() => stderr().includes("paused for"), "the pause");
  const during = operationsIn(out);
  await eventually(() => stderr().includes("paused for 0:01"), "a second of it");
  // Those under way when it was asked for have ended, and nothing has begun.
  expect(operationsIn(out) - during).toBeLessThanOrEqual(5);
  type(" ");
  const paused = operationsIn(out);
  await eventually(() => operationsIn(out) > paused + 10, "what comes after the pause");
  type("q");
  expect([0, 3]).toContain(await code);
  const { pauses = [], asides = [], end } = parseRecord(readFileSync(join(out, "record.ndjson"), "utf8"));
  expect(pauses).toHaveLength(1);
  expect(pauses[0]).toMatchObject({ suspended: false });
  expect(pauses[0]?.forMs).toBeGreaterThan(900);
  expect(asides).toHaveLength(1);
  expect(end?.outcome).toBe("interrupted");
  expect(stdout().replaceAll(/\s+/g, " ")).toMatch(
    /paused for .* after \d+ operations, by hand.*one look by hand/,
  );
  expect([stdin.isRaw, handlers()]).toEqual([false, 0]);
});

function operationsIn(folder: string): number {
  return readFileSync(join(folder, "record.ndjson"), "utf8").split('"type":"operation"').length - 1;
}
