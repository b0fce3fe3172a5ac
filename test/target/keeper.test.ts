import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import type { LaunchOptions } from "../../src/target/launch.js";
import { runCgroupPath } from "../../src/target/own-cgroup.js";
import { fixture, Launching, pidsNaming, textOf, until, words } from "./launching.js";

const launching = new Launching();
afterEach(() => launching.undo());

interface Tool {
  readonly process: ChildProcess;
  /** In the environment of the tool, and so of all that it starts; and in the daemon's command line. */
  readonly name: string;
  readonly cgroup: string | undefined;
  readonly tempDir: string;
}

async function startTool(
  follow: Partial<LaunchOptions>,
  parentsLiveS = "0.2",
  env: Readonly<Record<string, string>> = {},
): Promise<Tool> {
  const name = `tool-${randomUUID()}`;
  const tempDir = join(launching.folder(), "temp");
  mkdirSync(tempDir);
  const options = await launching.options({ words: words("daemonise.sh", name, parentsLiveS) });
  const asked = JSON.stringify({ ...options, ...follow, tempDirs: [tempDir] });
  const tool = spawn(process.execPath, [fixture("launch-and-wait.mjs"), asked], {
    env: { ...process.env, TOOL_NAME: name, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return { process: tool, name, cgroup: runCgroupPath("/proc", options.runId), tempDir };
}

function printed(tool: Tool, word: string): Promise<void> {
  return new Promise((resolve) => {
    tool.process.stdout?.on("data", (chunk: Buffer) => chunk.toString().includes(word) && resolve());
    tool.process.once("exit", () => resolve());
  });
}

async function untilNone(name: string): Promise<void> {
  const left = () => pidsNaming(name).map((pid) => textOf(`/proc/${pid}/cmdline`).replaceAll("\0", " "));
  await until(() => left().length === 0).catch(() => expect(left()).toEqual([]));
}

async function expectNothingLeft({ name, cgroup, tempDir }: Tool): Promise<void> {
  await untilNone(name);
  expect(cgroup !== undefined && existsSync(cgroup)).toBe(false);
  expect(existsSync(tempDir)).toBe(false);
}

test.each(["auto", "marker"] as const)(
  "kill -9 of a tool whose target is ready leaves no process, cgroup or folder (%s)",
  async (follow) => {
    const tool = await startTool(follow === "marker" ? { follow } : {});
    await printed(tool, "ready");
    // The tool, its keeper, the target's shell that became sleep, and the daemon.
    await until(() => pidsNaming(tool.name).length >= 4);
    tool.process.kill("SIGKILL");
    await expectNothingLeft(tool);
  },
);

test("kill -9 of a tool in the midst of a command probe leaves none of that either", async () => {
  const probe = ["sh", "-c", "sleep 601 & sleep 602"];
  const tool = await startTool({}, "0.2", { COMMAND_PROBE: JSON.stringify(probe) });
  const commands = (): string[] => pidsNaming(tool.name).map((pid) => textOf(`/proc/${pid}/cmdline`));
  await until(() => ["601", "602"].every((time) => commands().includes(`sleep\0${time}\0`)));
  tool.process.kill("SIGKILL");
  await expectNothingLeft(tool);
}, 60_000);

test("kill -9 of the tool at ten random moments leaves nothing", async () => {
  for (let round = 0; round < 10; round += 1) {
    // Without a cgroup the keeper needs a moment to see the daemon's parents, which the tool may not have seen.
    const tool = await startTool(round % 2 === 0 ? {} : { follow: "marker" }, "1");
    await printed(tool, "started");
    await delay(Math.random() * 1200);
    tool.process.kill("SIGKILL");
    await untilNone(tool.name);
    expect(tool.cgroup !== undefined && existsSync(tool.cgroup)).toBe(false);
  }
}, 120_000);
