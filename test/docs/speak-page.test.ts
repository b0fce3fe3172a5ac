import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { parseScenario } from "../../src/scenario/load.js";
import { batchOf, driverOf } from "../fixtures/drive/drive.js";
import { blocksOf, home, readPage } from "./pages.js";

const blocks = blocksOf(readPage("guides/speak.md"));
const files = blocks.filter(({ language }) => language === "yaml").map(({ text }) => text);

const folder = mkdtempSync(join(tmpdir(), "watertight-docs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("has a file for each way to speak, and each is right", () => {
  expect(files).toHaveLength(5);
  const kinds = files.flatMap((text) =>
    parseScenario(text, "page.yaml").flows.flatMap(({ steps }) => steps.map(({ kind }) => kind)),
  );
  for (const kind of ["connect", "events", "tcp", "unix", "stdio", "http", "exec"])
    expect(kinds).toContain(kind);
});

it("has a session with a program that does what the page says", async () => {
  const { flows } = parseScenario(files.find((text) => text.includes("{idle}")) ?? "", "page.yaml");
  const { driver, operations } = driverOf(flows, "ws://127.0.0.1:1");
  await driver.runBatch(batchOf(2));
  await driver.close();
  expect(operations.map(({ outcome, reason }) => reason ?? outcome)).toEqual(["landed", "landed"]);
});

it("shows what the command says of a variable that is spelled wrong", () => {
  const told = blocks.find(({ text }) => text.startsWith("watertight: "))?.text;
  const steps = "      - http: {path: /, capture: {token: json token}}\n      - http: '/{tokn}'\n";
  writeFileSync(join(folder, "chat.yaml"), `# A mistake.\nflows:\n  chat:\n    steps:\n${steps}`);
  const bin = join(home, "bin/watertight.js");
  const { stderr, status } = spawnSync(process.execPath, [bin, "run", "chat.yaml"], {
    cwd: folder,
    encoding: "utf8",
    timeout: 60_000,
  });
  expect({ status, stderr }).toEqual({ status: 2, stderr: told });
});
