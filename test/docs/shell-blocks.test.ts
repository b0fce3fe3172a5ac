import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseOnly } from "../cli/parse-only.js";
import { type Block, blocksOf, home } from "./pages.js";

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

/** Run by a test, with what they exit with. */
const executed: Readonly<Record<string, number>> = {
  "run connect-churn --quick --plant fd": 1,
  "run goose-churn --quick": 0,
  "run docs/examples/websocketd.yaml": 0,
  "selftest --plants fd,pty --for 30s": 0,
  "judge --series docs/examples/series.ndjson": 1,
  "judge --series docs/examples/series.ndjson --explain heap-warm-up": 0,
};
/** Run by a test, with an output that is the page's word by word. */
const told: ReadonlySet<string> = new Set(["plan goose-churn"]);
/** Not run here, with the reason; their options and scenarios are checked all the same. */
const tooLong: Readonly<Record<string, string>> = {
  run: "every scenario in full size takes many minutes",
  "run goose-churn --plant pty": "full size; npm run soak:names runs it",
  "run gateways/websocketd": "full size; npm run test:gateways runs it",
  "run goose-churn -- /tmp/gw -port {port} -leak pty -agent 'goose run ?'":
    "full size; test/targets/go-gateway.test.ts runs it with --quick",
  "run docs/examples/seed-processes.yaml -- /tmp/gw -port {port} -leak none -agent 'goose run ?'":
    "npm run soak:go runs it",
  "run docs/examples/seed-connections.yaml -- /tmp/gw -port {port} -leak none -agent 'goose run ?'":
    "npm run soak:go runs it",
  "run docs/examples/seed-descriptors.yaml -- /tmp/gw -port {port} -leak none -agent 'goose run ?'":
    "npm run soak:go runs it",
  "run memory-soak -- /tmp/gw -port {port} -leak none -agent 'goose run ?'": "it takes an hour",
  "run gateways/websockets -- python3 servers/websockets-agent.py {port} --forget task":
    "full size, with a library of PyPI",
  "run goose-churn -- ./my-gateway --port {port}": "full size, against a server of the reader's own",
};
const elsewhere: Readonly<Record<string, string>> = {
  "go -C test/targets/go-gateway build -o /tmp/gw .": "test/targets/go-gateway.test.ts builds it",
  "run connect-churn --quick --plant fd --why": "cli/why.test.ts",
  "run hello.yaml": "scenarios-page.test.ts writes the file that the page shows, and runs it",
  "judge --series docs/examples/series.ndjson --reporter ndjson": "series-page.test.ts",
  "judge --series docs/examples/series.ndjson --explain rare-fd-leak": "series-page.test.ts",
  "watch --port 8080": "watch-page.test.ts",
  "watch --port 8080 --for 2m": "watch-page.test.ts",
  "watch --pid 4127 --for 30m": "watch-page.test.ts",
  "watch --port 8080 --prometheus /metrics": "watch-page.test.ts",
  "watch --port 8080 --go": "watch-page.test.ts",
  "run orders.yaml --attach port:8080": "watch-page.test.ts",
  "run orders.yaml --attach pid:4127": "watch-page.test.ts",
  "git bisect start HEAD v1.0": "test/cli/bisect.test.ts, in a repository made for it",
  "git bisect run npx watertight run ../leak.yaml --exit-code-for-bisect --no-progress --out /tmp/bisect":
    "test/cli/bisect.test.ts",
  "git bisect reset": "test/cli/bisect.test.ts leaves it out, to read the log",
  "npm ci": "it is what brought the tools that run this test",
  "npm test": "it is what runs this test",
  "npm run calibrate": "minutes; its runner is run small by calibrate/run.test.ts",
  "node test/long/calibrate/run.js --shape flapping --batches 50 --seeds 200":
    "calibrate/run.test.ts, fewer seeds",
  "node test/long/calibrate/run.js --look flapping/17 --batches 50": "calibrate/run.test.ts",
  "node test/long/calibrate/run.js --power --seeds 200 --batches 50": "calibrate/run.test.ts, fewer seeds",
};

function pages(): string[] {
  const docs = readdirSync(join(home, "docs")).filter((name) => name.endsWith(".md"));
  return ["README.md", ...docs.map((name) => `docs/${name}`)];
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
  const run = lines.filter(({ line }) => line in executed);

  for (const { page, line, words, shown } of run) {
    // Go's pool of threads fills when it likes: on a busy machine that is inconclusive now and then.
    const retry = line.includes("websocketd") ? 2 : 0;
    const cannot = line.includes("websocketd") && !hasWebsocketd && process.env["CI"] !== "true";
    it.skipIf(cannot)(
      `${page}: ${line}${cannot ? " (websocketd is not installed)" : ""}`,
      { timeout: 120_000, retry },
      () => {
        const folder = join(out, line.replaceAll(/\W+/g, "-"));
        const tool = join(home, "bin/watertight.js");
        const kept = words[0] === "judge" ? [] : ["--out", folder];
        const { status, stdout } = spawnSync(process.execPath, [tool, ...words, ...kept], {
          cwd: home,
          encoding: "utf8",
        });
        // A busy machine does not get through all of a self-test, and says so.
        if (status === 3 && stdout.includes("not tried, for want of time")) return;
        expect(status, stdout).toBe(executed[line]);
        if (shown !== undefined) expect(shapeOf(shown)).toEqual(shapeOf(stdout));
      },
    );
  }
});

it.each(lines.filter(({ line }) => told.has(line)))(
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
