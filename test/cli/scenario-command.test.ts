import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { cleanUpAfterEach, tempFolder, tool } from "./rig.js";

cleanUpAfterEach();

it("lint says every mistake of every file, for people and for machines", async () => {
  const cwd = tempFolder();
  writeFileSync(join(cwd, "a.yaml"), "lod: {}\nflows: {a: {steps: [conect]}}\n");
  writeFileSync(join(cwd, "b.yaml"), "flows: {a: {steps: [connect]}}\n");
  const text = await tool(["scenario", "lint", "a.yaml", "b.yaml"], { cwd });
  expect(text.code).toBe(2);
  expect(text.stdout).toContain("a.yaml:1:1: mistake: unknown key `lod`; did you mean `load`?\n  fix: ");
  expect(text.stdout).toMatch(/^a\.yaml:2:\d+: mistake: /m);
  expect(text.stdout).toMatch(/^b\.yaml:1:9: warning: /m);
  expect(text.stdout).toMatch(/\n2 files, 2 mistakes, 1 warning\n$/);
  const json = await tool(["scenario", "lint", "b.yaml", "--reporter", "json"], { cwd });
  expect(json.code).toBe(0);
  expect(JSON.parse(json.stdout)).toMatchObject({
    format: 1,
    exitCode: 0,
    files: [{ path: "b.yaml", remarks: [{ line: 1, severity: "warning" }] }],
  });
});

it("format writes once, and finds nothing to do the second time", async () => {
  const cwd = tempFolder();
  const path = join(cwd, "a.yaml");
  writeFileSync(path, "drain: '1s' # why\nflows: {a: {steps: [connect, close]}}\n");
  const words = ["scenario", "format", "a.yaml"];
  expect(await tool([...words, "--check"], { cwd })).toMatchObject({
    code: 2,
    stdout: "not formatted: a.yaml\n0 of 1 are formatted already\n",
  });
  expect(readFileSync(path, "utf8")).toContain("'1s'");
  expect((await tool(words, { cwd })).code).toBe(0);
  expect(readFileSync(path, "utf8")).toBe("flows: {a: {steps: [connect, close]}}\ndrain: 1s # why\n");
  expect((await tool([...words, "--check"], { cwd })).code).toBe(0);
});

it("format leaves alone what is no YAML", async () => {
  const cwd = tempFolder();
  writeFileSync(join(cwd, "a.yaml"), "flows: [\n");
  const { code, stderr } = await tool(["scenario", "format", "a.yaml"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain("only YAML can be formatted");
  expect(readFileSync(join(cwd, "a.yaml"), "utf8")).toBe("flows: [\n");
});

it("schema is the published one", async () => {
  expect((await tool(["scenario", "schema"])).stdout).toBe(
    readFileSync("scenarios/scenario.schema.json", "utf8"),
  );
});
