import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../bin/watertight.js", import.meta.url));

export function tempFolder() {
  return mkdtempSync(join(tmpdir(), "watertight-long-"));
}

/**
 * Starts the tool; `mark` goes into its environment, so that whatever comes of it can be found. As in CI: no second
 * pass unless it is asked for.
 */
export function startTool(words, mark = "") {
  const env = { ...process.env, CI: "true", WATERTIGHT_TEST_MARK: mark };
  return spawn(process.execPath, [bin, ...words], { env, stdio: ["ignore", "pipe", "pipe"] });
}

/** Runs the tool to its end. */
export async function runTool(words) {
  const child = startTool(words);
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  const [code] = await once(child, "close");
  return { code, stdout: out(), stderr: err() };
}

export function collect(stream) {
  let text = "";
  stream.setEncoding("utf8").on("data", (chunk) => {
    text += chunk;
  });
  return () => text;
}

/** Pids of the processes that carry the mark. */
export function marked(mark) {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name) && carries(name, mark));
}

function carries(pid, mark) {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`WATERTIGHT_TEST_MARK=${mark}`);
  } catch {
    return false;
  }
}

export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** `criterion in scenario: verdict` for whatever neither passes nor was dropped, of a report in JSON. */
export function trouble(stdout) {
  const { scenarios } = JSON.parse(stdout);
  return scenarios.flatMap(({ name, broke, criteria }) => [
    ...(broke === null ? [] : [`${name} broke: ${broke}`]),
    ...criteria
      .filter(({ verdict }) => verdict !== "pass" && verdict !== "dropped")
      .map(({ id, verdict, reason }) => `${id} in ${name}: ${verdict} (${reason})`),
  ]);
}

/** Keeps every core busy at the lowest priority until it is released, or this process ends. */
export function burden() {
  const loop = 'while [ -d "/proc/$0" ]; do i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; done';
  const words = ["-n", "19", "sh", "-c", loop, String(process.pid)];
  const loops = Array.from({ length: availableParallelism() }, () =>
    spawn("nice", words, { stdio: "ignore" }),
  );
  return () => {
    for (const one of loops) one.kill("SIGKILL");
  };
}
