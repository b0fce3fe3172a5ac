import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../bin/watertight.js", import.meta.url));

export function tempFolder() {
  return mkdtempSync(join(tmpdir(), "watertight-long-"));
}

/** Starts the tool; `mark` goes into its environment, so that whatever comes of it can be found. */
export function startTool(words, mark = "") {
  const env = { ...process.env, WATERTIGHT_TEST_MARK: mark };
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
