import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { scenarioJsonSchema } from "../../src/scenario/json-schema.js";
import { listShipped, loadScenario } from "../../src/scenario/load.js";
import { fewestBatches } from "../../src/model/scenario.js";
import { withSize } from "../../src/scenario/size.js";

const shippedDir = join(import.meta.dirname, "../../scenarios");
const shipped = (await listShipped(shippedDir)).filter(({ forOthers }) => !forOthers);
const load = (name: string): ReturnType<typeof loadScenario> => loadScenario(name, { shippedDir, cwd: "/" });

test("the shipped scenarios are these", () => {
  expect(shipped.map(({ name }) => name)).toEqual([
    "connect-churn",
    "disconnect-midstream",
    "error-storm",
    "goose-churn",
    "graceful-stop",
    "idle-indexer",
    "memory-soak",
    "stderr-flood",
  ]);
});

describe.each(shipped)("$name", ({ name, about, path }) => {
  test("begins with the schema for editors, then says what it answers", async () => {
    const [first, second] = (await readFile(path, "utf8")).split("\n");
    expect(first).toBe("# yaml-language-server: $schema=./scenario.schema.json");
    expect(second).toMatch(/^# Answers: "/);
  });

  test("says in one sentence what it does", () => {
    expect(about).toMatch(/^[A-Z0-9].+\.$/);
  });

  test.each([false, true])("has enough batches, a batch for every flow; quick: %s", async (quick) => {
    const { load: amount, flows } = withSize(await load(name), { quick });
    const running = flows.filter(({ weight }) => weight > 0);
    const total = running.reduce((sum, { weight }) => sum + weight, 0);
    expect((amount.operations ?? Number.POSITIVE_INFINITY) / amount.batch).toBeGreaterThanOrEqual(
      fewestBatches,
    );
    // The smallest share comes to at least one operation in each batch.
    for (const { weight } of running) expect((weight / total) * amount.batch).toBeGreaterThanOrEqual(1);
  });

  test("drives the reference gateway under a known limit", async () => {
    const { target, quick } = await load(name);
    expect(target.command[0]).toBe("{gateway}");
    expect(target.limits.fds).toBe(4096);
    expect(quick).toBeDefined();
  });
});

test("the published JSON schema is the one of this version", async () => {
  const published: unknown = JSON.parse(await readFile(join(shippedDir, "scenario.schema.json"), "utf8"));
  // To write it anew: npm run build && node -e 'import("./dist/scenario/json-schema.js").then((m) =>
  //   fs.writeFileSync("scenarios/scenario.schema.json", JSON.stringify(m.scenarioJsonSchema())))' && npm run format
  expect(published).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
});
