import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { attachCommand } from "../../src/probe/command.js";
import { measuresOf } from "../../src/probe/measures.js";
import { parsePrometheus } from "../../src/probe/prometheus-text.js";
import { parseScenario } from "../../src/scenario/load.js";
import { fillPlaceholders } from "../../src/target/command.js";
import { clock, never } from "../probe/fixtures.js";
import { blocksOf, codeIn, readPage, rowsOf } from "./pages.js";

const page = readPage("reference/probes.md");
const scenarios = blocksOf(page).filter(({ language }) => language === "yaml");

test("every scenario of the page can be read, and has a probe", () => {
  expect(scenarios.length).toBeGreaterThan(4);
  for (const { text } of scenarios) {
    const { probes } = parseScenario(text, "page.yaml");
    expect(probes.prometheus ?? probes.commands).toBeDefined();
  }
});

test("every metric of the table is known", () => {
  const names = rowsOf(page, "library").flatMap(([, ...cells]) => cells.flatMap(codeIn));
  expect(names.length).toBeGreaterThan(10);
  const held = names.map((name) => measuresOf(parsePrometheus(`${name} 7\n`)).held);
  // External memory counts only beside the heap.
  const unknown = names.filter((_, index) => !held[index]?.tasks && !held[index]?.liveBytes);
  expect(unknown).toEqual(["nodejs_external_memory_bytes"]);
});

describe("the look by lsof", () => {
  const found = scenarios.flatMap(({ text }) => parseScenario(text, "page.yaml").probes.commands ?? []);
  const sockets = found.find(({ name }) => name === "sockets");
  const hasLsof = ["/usr/bin/lsof", "/usr/sbin/lsof", "/bin/lsof"].some((path) => existsSync(path));

  test.runIf(hasLsof)("tells the sockets of a process by their states", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { pid } = process;
    const aim = () => ({ words: fillPlaceholders(sockets?.command ?? [], { pid: String(pid) }), pid });
    const around = { name: "sockets", program: "lsof", onStart: () => undefined, clock, limitMs: 20_000 };
    const sample = await attachCommand({ ...around, aim }).sample({ collect: true, signal: never });
    server.close();
    expect(sample.gaps).toEqual([]);
    expect(sample.values?.["LISTEN"]).toBeGreaterThanOrEqual(1);
    expect(sample.values?.["all"]).toBeGreaterThanOrEqual(sample.values?.["LISTEN"] ?? 0);
  });
});
