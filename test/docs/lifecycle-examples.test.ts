import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { type Block, blocksOf, home, readPage } from "./pages.js";

const examples = [
  new URL("./examples/connection.ts", import.meta.url),
  new URL("./examples/lines.ts", import.meta.url),
  new URL("./examples/metrics.ts", import.meta.url),
  new URL("./examples/monitor.ts", import.meta.url),
  new URL("./examples/periodic-task.ts", import.meta.url),
  new URL("./examples/processes.ts", import.meta.url),
  new URL("./examples/pty.ts", import.meta.url),
].map((url) => ({ name: basename(url.pathname), program: readFileSync(url, "utf8") }));

const blocks = blocksOf(readPage("reference/lifecycle.md"));

/** The output of a program stands right after it in the page. */
function outputOf(program: string): Block | undefined {
  const at = blocks.findIndex((block) => block.language === "ts" && block.text === program);
  return at < 0 ? undefined : blocks[at + 1];
}

interface Ran {
  readonly code: unknown;
  readonly output: string;
  readonly errors: string;
}

/** The examples have no type annotations, so that Node runs them as they stand. */
async function run(program: string): Promise<Ran> {
  const child = spawn(process.execPath, ["--input-type=module"], { cwd: home, timeout: 20_000 });
  child.stdin.end(program);
  const exit = new Promise((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)));
  const [code, output, errors] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
  return { code, output, errors };
}

test("the programs of the page are the files, word for word", () => {
  const shown = blocks.filter(({ language }) => language === "ts").map((block) => block.text);
  expect(shown.toSorted()).toEqual(examples.map(({ program }) => program).toSorted());
  expect(examples.map(({ name }) => name)).toEqual(
    readdirSync(new URL("./examples", import.meta.url)).toSorted(),
  );
});

describe("ends by itself, and prints what the page says:", () => {
  test.each(examples)("$name", async ({ program }) => {
    const output = outputOf(program);
    expect(output?.language).toBe("text");
    expect(await run(program)).toEqual({ code: 0, output: output?.text, errors: "" });
  });
});
