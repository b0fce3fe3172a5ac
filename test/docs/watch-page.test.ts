import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort, tryConnect } from "../../src/target/port.js";
import { blocksOf, home, readPage } from "./pages.js";

const pages = ["guides/watch.md", "guides/attach.md"];
const blocks = pages.flatMap((page) => blocksOf(readPage(page)));
const commands = blocks
  .filter(({ language }) => language === "sh")
  .flatMap(({ text }) => text.trim().split("\n"))
  .map((line) => line.replace(/^npx watertight /, "").split(" "));

const folder = mkdtempSync(join(tmpdir(), "watertight-page-"));
let server: ChildProcess | undefined;
let port = 0;

beforeAll(async () => {
  for (const { language, text } of blocks) {
    const name = /^(?:\/\/|#) (\S+)\n/.exec(text)?.[1];
    if (["js", "yaml"].includes(language) && name !== undefined) writeFileSync(join(folder, name), text);
  }
  port = await freePort();
  server = spawn(process.execPath, ["server.mjs", String(port)], { cwd: folder, stdio: "ignore" });
  for (let i = 0; i < 500 && (await tryConnect({ port, host: "127.0.0.1" })) !== undefined; i++)
    await pause(20);
});

afterAll(async () => {
  const exit = server && once(server, "exit");
  server?.kill("SIGKILL");
  await exit;
  rmSync(folder, { recursive: true });
});

/** The page's words for this very server, and of a watch as little as can be judged. */
function hereAndNow(words: readonly string[]): string[] {
  const pid = String(server?.pid);
  const own = words.map((word) => word.replace("8080", String(port)).replace("4127", pid));
  const untimed = own.filter((word, index) => word !== "--for" && own[index - 1] !== "--for");
  return words[0] === "watch" ? [...untimed, "--for", "6s", "--every", "1s"] : untimed;
}

describe("the commands of the pages", () => {
  it("are there", () => expect(commands.length).toBeGreaterThan(5));

  it.concurrent.each(commands.map((words) => ({ line: words.join(" "), words })))(
    "$line",
    { timeout: 90_000 },
    async ({ line, words }) => {
      const out = join(folder, line.replaceAll(/\W+/g, "-"));
      const tool = [join(home, "bin/watertight.js"), ...hereAndNow(words), "--out", out];
      const child = spawn(process.execPath, tool, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
      let [stdout, stderr] = ["", ""];
      child.stdout.on("data", (chunk) => (stdout += String(chunk)));
      child.stderr.on("data", (chunk) => (stderr += String(chunk)));
      const [code] = await once(child, "close");
      expect([0, 1, 3], stdout + stderr).toContain(code);
      if (words[0] === "watch") expect(stderr).toMatch(/^watching pid \d+ \(node|^watching pid \d+ \(.*node/);
      else expect(stdout).toMatch(/fds +fail/);
    },
  );

  it("left the server alone", () => expect(server?.exitCode).toBeNull());
});
