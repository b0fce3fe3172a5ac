import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach } from "vitest";
import { main } from "../../src/cli/main.js";
import type { ReportDocument } from "../../src/report/json.js";
import { type FakeHost, fakeHost, type Surroundings } from "./fake-host.js";

export const bin: string = resolve("bin/watertight.js");
const fixtures = resolve("test/fixtures/cli");
const folders: string[] = [];
const keptFolders: string[] = [];
const children: ChildProcess[] = [];

/** Call at the top of a test file: ends what a failed test left running, and removes folders. */
export function cleanUpAfterEach(): void {
  afterEach(async () => {
    for (const child of children.splice(0)) await ended(child);
    remove(folders);
  });
  afterAll(() => remove(keptFolders));
}

function remove(paths: string[]): void {
  for (const path of paths.splice(0)) rmSync(path, { recursive: true, force: true });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}

/** @param options.keep until the end of the file, not of the test. */
export function tempFolder({ keep = false }: { readonly keep?: boolean } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "watertight-cli-"));
  (keep ? keptFolders : folders).push(folder);
  return folder;
}

/** The command that starts a fixture; `{port}` is its first argument. */
export function fixture(name: string): string {
  const path = join(fixtures, name);
  return `${name.endsWith(".mjs") ? `node ${path}` : path} {port}`;
}

/** A small scenario: 60 sessions of hello and goodbye. The parts given stand in place of its own. */
export function scenario(command: string, parts: Readonly<Record<string, unknown>> = {}): object {
  return {
    target: { command },
    flows: { echo: { steps: [{ connect: "/" }, { send: "hello" }, { expect: "hello" }, "close"] } },
    load: { operations: 60, batch: 10, concurrency: 5, warmup: 10 },
    settle: { quiet: "50ms", within: "2s" },
    drain: "100ms",
    stop: { signal: "SIGTERM", within: "1s" },
    criteria: { memory: { drop: "too short a run to tell" } },
    probes: { node: "off" },
    ...parts,
  };
}

/** Writes the scenario into a folder (JSON is YAML). @returns its path. */
export function scenarioFile(folder: string, content: object, name = "small"): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The tool's `main` in this process. */
export async function tool(words: readonly string[], surroundings: Surroundings = {}): Promise<Ran> {
  const fake = fakeHost(surroundings);
  return { code: await main(words, fake.host), ...outputOf(fake) };
}

function outputOf({ stdout, stderr }: FakeHost): Pick<Ran, "stdout" | "stderr"> {
  return { stdout: stdout(), stderr: stderr() };
}

/** A run of the scenario into `out` of a new folder, told in JSON. */
export async function runJson(content: object): Promise<Ran & { report: ReportDocument; out: string }> {
  const cwd = tempFolder();
  const out = join(cwd, "out");
  const words = ["run", scenarioFile(cwd, content), "--out", out, "--reporter", "json", "--no-progress"];
  const ran = await tool(words, { cwd });
  return { ...ran, report: JSON.parse(ran.stdout) as ReportDocument, out };
}

/** Verdicts of the first scenario by criterion. */
export function verdictsOf({ scenarios }: ReportDocument): Record<string, string> {
  return Object.fromEntries((scenarios[0]?.criteria ?? []).map(({ id, verdict }) => [id, verdict]));
}

export interface Spawned {
  readonly child: ChildProcess;
  /** In the environment of it and of all that comes of it. */
  readonly mark: string;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly exited: Promise<Ran & { readonly signal: string | null }>;
}

/** The tool in a process of its own; needs `npm run build`. */
export function spawnTool(words: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Spawned {
  const mark = randomUUID();
  const child = spawn(process.execPath, [bin, ...words], {
    cwd,
    env: { ...process.env, CI: "true", ...env, WATERTIGHT_TEST_MARK: mark },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const exited = once(child, "close").then(([code, signal]) => ({
    code: Number(code),
    signal: signal as string | null,
    stdout: stdout(),
    stderr: stderr(),
  }));
  return { child, mark, stdout, stderr, exited };
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = "";
  stream.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

/** Commands of the processes that carry the mark, the tool's own not counted. */
export function marked({ mark, child }: Spawned): string[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== child.pid);
  return pids.filter((pid) => kernelText(pid, "environ").includes(mark)).map((pid) => commandOf(pid));
}

function commandOf(pid: string): string {
  return kernelText(pid, "cmdline").replaceAll("\0", " ").trim();
}

/** Empty for a process that is gone. */
function kernelText(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

/** Polls until the condition holds. */
export async function eventually(holds: () => boolean, what: string): Promise<void> {
  for (let looks = 0; looks < 1000; looks++) {
    if (holds()) return;
    await pause(20);
  }
  throw new Error(`never came: ${what}`);
}

/** True once the record in the folder has a line with this text in it. */
export function recorded(folder: string, text: string): boolean {
  try {
    return readFileSync(join(folder, "record.ndjson"), "utf8").includes(text);
  } catch {
    return false;
  }
}
