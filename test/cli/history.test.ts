import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readHistory } from "../../src/history/folder.js";
import { HistoryWriter } from "../../src/history/writer.js";
import type { HistoryEntry } from "../../src/model/history.js";
import { commitOf, entry, rate } from "../history/sample-nights.js";
import { cleanUpAfterEach, tempFolder, tool } from "./rig.js";

cleanUpAfterEach();

async function written(folder: string, entries: readonly HistoryEntry[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const writer = new HistoryWriter(folder, () => "first.ndjson");
  for (const each of entries) await writer.append(each);
  await writer.close();
}

/** Thirty nights of two scenarios; one leaks from night 20 to 26. */
function thirtyNights(): HistoryEntry[] {
  return Array.from({ length: 30 }, (_, index) => index + 1).flatMap((night) => {
    const leaks = night >= 20 && night < 27;
    const commit = commitOf(night).slice(1).repeat(14).slice(0, 40).replaceAll(/^./g, "a");
    const churn = {
      fds: { verdict: leaks ? ("fail" as const) : ("pass" as const), rate: rate(leaks ? 0.1 : 0) },
      memory: { verdict: "pass" as const, rate: rate(leaks ? 2048 : 0, 10) },
    };
    return [
      entry({ night, criteria: churn, more: { commit, scenario: "churn" } }),
      entry({ night, criteria: { fds: { verdict: "pass" } }, more: { commit, scenario: "idle" } }),
    ];
  });
}

async function folderOf(entries: readonly HistoryEntry[]): Promise<string> {
  const cwd = tempFolder();
  await written(join(cwd, "reports/history"), entries);
  return cwd;
}

describe("watertight history", () => {
  it.each([
    ["list", 100],
    ["show", 100],
    ["show", 40],
    ["show gateway/churn", 100],
    ["show gateway/churn", 40],
  ])("%s at %s columns, as it was seen last time", async (line, columns) => {
    const cwd = await folderOf(thirtyNights());
    const { code, stdout, stderr } = await tool(["history", ...line.split(" ")], {
      cwd,
      isTTY: true,
      columns,
      env: { NO_COLOR: "1" },
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(Math.max(...stdout.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(columns);
    const name = `${line.replaceAll(/[ /]/g, "-")}-${columns}`;
    await expect(stdout).toMatchFileSnapshot(`golden/history-${name}.txt`);
  });

  it("show while it leaks names the first night and the commits, first of all", async () => {
    const cwd = await folderOf(thirtyNights().slice(0, 44));
    const { stdout } = await tool(["history", "show"], { cwd, env: {} });
    expect(stdout.split("\n")[0]).toBe("1 still leaking, 1 ok");
    expect(stdout).toMatch(/gateway\/churn +still +2026-09-20 +a19\w+\.\.a20\w+ /);
  });

  it("show in JSON has the rows with nothing left out", async () => {
    const cwd = await folderOf(thirtyNights());
    const { stdout } = await tool(["history", "show", "gateway/idle", "--reporter", "json"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      rows: [{ target: "gateway", scenario: "idle", state: "ok", since: null, changes: [] }],
    });
  });

  it("import artifacts/ adds what is missing, once", async () => {
    const cwd = await folderOf(thirtyNights().slice(0, 10));
    await written(join(cwd, "artifacts/job-1/history"), thirtyNights());
    const words = ["history", "import", "artifacts/"];
    expect(await tool(words, { cwd })).toMatchObject({
      code: 0,
      stdout: "50 entries added, 10 there already\n",
    });
    expect(await tool(words, { cwd })).toMatchObject({
      code: 0,
      stdout: "0 entries added, 60 there already\n",
    });
    expect((await readHistory(join(cwd, "reports/history"))).entries).toHaveLength(60);
  });

  it("import into a history that is not there yet makes one", async () => {
    const cwd = await folderOf(thirtyNights());
    const words = ["history", "import", "reports/history", "--history", "history"];
    expect((await tool(words, { cwd })).stdout).toBe("60 entries added, 0 there already\n");
  });

  it.each([
    ["--keep 7", "46 entries removed, 14 kept\n"],
    ["--before 2026-09-29", "56 entries removed, 4 kept\n"],
    ["--keep 400", "0 entries removed, 60 kept\n"],
  ])("prune %s", async (options, says) => {
    const cwd = await folderOf(thirtyNights());
    expect((await tool(["history", "prune", ...options.split(" ")], { cwd })).stdout).toBe(says);
    expect(readdirSync(join(cwd, "reports/history"))).toHaveLength(1);
  });

  it.each([
    { line: "prune", says: "prune is not told what to keep" },
    { line: "prune --keep 0", says: "--keep 0 is no number of nights" },
    { line: "prune --keep 7 --before 2026-01-01", says: "cannot be used with option" },
    { line: "prune --before yesterday", says: "--before yesterday is no day" },
    { line: "show gateway/chrun", says: "did you mean gateway/churn?" },
    { line: "import nowhere", says: "cannot read" },
    { line: "lst", says: "unknown command" },
    { line: "show --reporter yaml", says: "Allowed choices are default, json" },
    { line: "", says: "Usage: watertight history" },
  ])("$line is told what is wrong, and exits with 2", async ({ line, says }) => {
    const cwd = await folderOf(thirtyNights());
    const { code, stdout, stderr } = await tool(
      ["history", ...line.split(" ").filter((word) => word !== "")],
      { cwd },
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(says);
  });

  it("names of others are inert", async () => {
    const hostile = entry({
      night: 1,
      criteria: { fds: { verdict: "fail" } },
      more: { target: "\u001b[31mred", commit: "\u202e" },
    });
    const cwd = await folderOf([hostile]);
    for (const words of [["list"], ["show"], ["show", "\u001b[31mred/churn"]]) {
      const { stdout } = await tool(["history", ...words], { cwd });
      expect(stdout).not.toMatch(/[\u001b\u202e]/);
    }
  });

  it("that is not there is said, and is no error", async () => {
    const { code, stdout, stderr } = await tool(["history", "show"], { cwd: tempFolder() });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "no nights yet\n" });
    expect(stderr).toContain("there is no history in reports/history");
  });
});
