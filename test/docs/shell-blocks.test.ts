import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseOnly } from "../cli/parse-only.js";
import { allAccounts } from "./accounts.js";
import { type Block, blocksOf, docPages, home } from "./pages.js";

const out = mkdtempSync(join(tmpdir(), "watertight-docs-"));
afterAll(() => rmSync(out, { recursive: true, force: true }));

interface Line {
  readonly page: string;
  /** The words with a space between. */
  readonly line: string;
  /** The words after `npx watertight`, or the whole of another command. */
  readonly words: readonly string[];
  readonly isOurs: boolean;
  /** The output shown after it. */
  readonly shown: string | undefined;
}

const lines: readonly Line[] = pages().flatMap(linesOf);

const { executed, told, tooLong, elsewhere } = await allAccounts();

function pages(): string[] {
  return ["README.md", ...docPages()];
}

function linesOf(page: string): Line[] {
  const blocks = blocksOf(readFileSync(join(home, page), "utf8"));
  return blocks.flatMap((block, index) => {
    const next = blocks[index + 1];
    const shown = next?.language === "text" ? next.text : undefined;
    return block.language === "sh" ? commandsOf(block).map((words) => ({ page, shown, ...ours(words) })) : [];
  });
}

function commandsOf({ text }: Block): string[][] {
  const commands = text.split("\n").flatMap((line) => line.replace(/#.*/, "").split("&&"));
  return commands.map((command) => command.trim().split(/\s+/)).filter(([first]) => first !== "");
}

function ours(words: readonly string[]): Pick<Line, "words" | "line" | "isOurs"> {
  const isOurs = words[0] === "npx" && words[1] === "watertight";
  const own = isOurs ? words.slice(2) : words;
  return { words: own, line: own.join(" "), isOurs };
}

/**
 * `criterion verdict` of each row of the table of criteria, `scenario clean` of each clean twin of a self-test,
 * `series verdict` of bare series.
 */
function shapeOf(text: string): string[] {
  const series = text.matchAll(/^(?<verdict>leak|inconclusive|stable) +(?<name>[\w-]+)$/gm);
  const judged = [...series].map(({ groups }) => `${groups?.["name"]} ${groups?.["verdict"]}`);
  const twins = text.matchAll(/^ {2}([\w-]+) +– +– +(\w+) +–$/gm);
  const rows = text.matchAll(
    /^ {2}(tasks|processes|fds|memory|zombies|ptys) +(pass|fail|inconclusive|unchecked|dropped) /gm,
  );
  return [...[...rows, ...twins].map(([, id, verdict]) => `${id} ${verdict}`), ...judged];
}

it("each command of the pages is accounted for", () => {
  const known = [...Object.keys({ ...executed, ...tooLong, ...elsewhere }), ...told];
  expect(lines.map(({ line }) => line).filter((line) => !known.includes(line))).toEqual([]);
  expect(known.filter((key) => !lines.some(({ line }) => line === key))).toEqual([]);
});

describe("the options and scenarios of each command exist", () => {
  const parsed = lines.filter(({ line, isOurs }) => isOurs && !(line in elsewhere));
  it.each(parsed)("$page: watertight $line", ({ words }) => parseOnly(words));

  it("which this check would notice", async () => {
    await expect(parseOnly(["run", "--qick"])).rejects.toThrow("unknown option '--qick'");
    await expect(parseOnly(["run", "goose-chrun"])).rejects.toThrow("there is no scenario goose-chrun");
  });
});

describe("the commands that are short enough do what the page says", () => {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const hasWebsocketd = folders.some((folder) => existsSync(join(folder, "websocketd")));
  // What several pages show is run once.
  const run = Object.keys(executed).map((line) => lines.filter((each) => each.line === line));

  for (const same of run) {
    const [first] = same;
    if (!first) continue;
    const { line, words } = first;
    const page = same.map((each) => each.page).join(", ");
    // Go's pool of threads fills when it likes: on a busy machine that is inconclusive now and then.
    const retry = line.includes("websocketd") ? 2 : 0;
    const cannot = line.includes("websocketd") && !hasWebsocketd && process.env["CI"] !== "true";
    // Most of their time is waiting: two at a time (maxConcurrency in vitest.config.ts).
    (cannot ? it.skip : it.concurrent)(
      `${page}: ${line}${cannot ? " (websocketd is not installed)" : ""}`,
      { timeout: 120_000, retry },
      async () => {
        const folder = join(out, line.replaceAll(/\W+/g, "-"));
        const tool = join(home, "bin/watertight.js");
        const kept = words[0] === "judge" ? [] : ["--out", folder];
        const split = words.includes("--") ? words.indexOf("--") : words.length;
        const all = [...words.slice(0, split), ...kept, ...words.slice(split)];
        const { status, stdout } = await finished(process.execPath, [tool, ...all]);
        // A busy machine does not get through all of a self-test, and says so.
        if (status === 3 && stdout.includes("not tried, for want of time")) return;
        expect(status, stdout).toBe(executed[line]);
        for (const { page, shown } of same)
          if (shown !== undefined) expect(shapeOf(shown), page).toEqual(shapeOf(stdout));
      },
    );
  }
});

interface Finished {
  readonly status: number | string | null | undefined;
  readonly stdout: string;
}

function finished(command: string, words: readonly string[]): Promise<Finished> {
  return new Promise((resolve) => {
    const child = execFile(command, words, { cwd: home }, (error, stdout) =>
      resolve({ status: error === null ? 0 : error.code, stdout }),
    );
    child.stdin?.end();
  });
}

it.each(lines.filter(({ line }) => told.includes(line)))(
  "$page: watertight $line prints what the page shows",
  ({ words, shown }) => {
    const { stdout, stderr } = spawnSync(process.execPath, [join(home, "bin/watertight.js"), ...words], {
      cwd: home,
      encoding: "utf8",
    });
    expect({ stdout, stderr }).toEqual({ stdout: shown, stderr: "" });
  },
);

it("the scenario in the README is the file that its command runs", () => {
  const readme = blocksOf(readFileSync(join(home, "README.md"), "utf8"));
  const yaml = readme.filter(({ language }) => language === "yaml").map(({ text }) => text);
  expect(yaml).toEqual([readFileSync(join(home, "docs/examples/websocketd.yaml"), "utf8")]);
});
