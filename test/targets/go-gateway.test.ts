import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ReportDocument } from "../../src/report/json.js";
import { buildGo, goMissing, type GoProgram, withoutGo } from "../support/go-program.js";

let gateway: GoProgram = { path: "", remove: () => undefined };
const out = mkdtempSync(join(tmpdir(), "watertight-go-gateway-"));

beforeAll(() => {
  if (!withoutGo) gateway = buildGo("../targets/go-gateway");
}, 180_000);
afterAll(() => {
  gateway.remove();
  rmSync(out, { recursive: true });
});

/** What the tool says of a shipped scenario, run as a reader of the page runs it. */
function judged(scenario: string, leak: string) {
  const target = [gateway.path, "-port", "{port}", "-leak", leak, "-agent", "goose run ?"];
  const options = ["--quick", "--no-why", "--no-progress", "--reporter", "json"];
  const words = ["run", scenario, ...options, "--out", join(out, leak), "--", ...target];
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve("bin/watertight.js"), ...words], {
    encoding: "utf8",
  });
  const report = JSON.parse(stdout) as ReportDocument;
  const [result] = report.scenarios;
  const failed = result?.criteria.filter(({ verdict }) => verdict === "fail").map(({ id }) => id) ?? [];
  const evidence = result?.findings.flatMap((finding) => finding.evidence) ?? [];
  return { status, failed: new Set(failed), evidence, broke: result?.broke, stderr };
}

describe.skipIf(withoutGo)(`the Go gateway under shipped scenarios${goMissing}`, () => {
  test("keeps the terminals of failing agents where the PTY leaks", { timeout: 120_000 }, () => {
    const { status, failed, stderr } = judged("goose-churn", "pty");
    expect(status, stderr).toBe(1);
    expect(failed).toEqual(new Set(["fds", "ptys"]));
  });

  test("starts an indexer with each session where that leaks", { timeout: 120_000 }, () => {
    const { status, failed, evidence, stderr } = judged("idle-indexer", "indexer");
    expect(status, stderr).toBe(1);
    expect(failed).toEqual(new Set(["memory", "tasks"]));
    expect(evidence.join("\n")).toMatch(/created by main\.startIndexer at leak_indexer\.go:\d+ /);
  });

  test("passes without a leak, and stops with all its agents", { timeout: 120_000 }, () => {
    expect(judged("graceful-stop", "none")).toMatchObject({ broke: null, status: 0, failed: new Set() });
  });
});
