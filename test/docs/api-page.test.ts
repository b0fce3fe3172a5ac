import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocksOf, home, readPage } from "./pages.js";

const blocks = blocksOf(readPage("reference/api.md"));
const examples = join(home, "test/docs/api");
/** In this order: the first makes the record that the others read. */
const names = ["soak", "judge", "findings", "report", "reporter", "problem"] as const;

function programOf(name: string): string {
  return readFileSync(join(examples, `${name}.ts`), "utf8");
}

/** What the page shows right after a program. */
function outputOf(program: string): string | undefined {
  const at = blocks.findIndex(({ text }) => text === program);
  return blocks[at + 1]?.text;
}

let folder: string;

/** The examples as JavaScript, in a folder where `watertight` is installed. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "watertight-api-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(home, join(folder, "node_modules", "watertight"));
  writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  copyFileSync(join(examples, "server.mjs"), join(folder, "server.mjs"));
  const files = names.map((name) => join(examples, `${name}.ts`));
  const options = [
    "--ignoreConfig",
    "--strict",
    "--target",
    "es2023",
    "--module",
    "nodenext",
    "--types",
    "node",
  ];
  const words = [...options, "--rootDir", examples, "--outDir", folder, ...files];
  const { stdout, status } = spawnSync(join(home, "node_modules/.bin/tsc"), words, {
    cwd: home,
    encoding: "utf8",
  });
  expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs all of them in one process: what each prints, by name. Nothing else may come out of it. */
const runner = `
const printed = {};
const { log } = console;
for (const name of ${JSON.stringify(names)}) {
  printed[name] = "";
  console.log = (line) => (printed[name] += line + "\\n");
  await import("./" + name + ".js");
}
log(JSON.stringify(printed));
`;

describe("each program of the page type-checks, ends by itself, and prints what stands after it:", () => {
  let printed: Readonly<Record<string, string>> = {};

  beforeAll(() => {
    writeFileSync(join(folder, "all.mjs"), runner);
    const { stdout, stderr, status } = spawnSync(process.execPath, ["all.mjs"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    printed = JSON.parse(stdout) as Record<string, string>;
  }, 120_000);

  it.each(names)("%s", (name) => expect(printed[name]).toBe(outputOf(programOf(name))));
});

describe("the page", () => {
  const programs = blocks.filter(({ language }) => language === "ts").map(({ text }) => text);

  it("shows each program as the file has it, and the server", () => {
    expect(readdirSync(examples).toSorted()).toEqual(
      [...names.map((name) => `${name}.ts`), "server.mjs"].toSorted(),
    );
    expect(programs.toSorted()).toEqual(names.map(programOf).toSorted());
    expect(blocks.map(({ text }) => text)).toContain(readFileSync(join(examples, "server.mjs"), "utf8"));
  });

  it("has an example for each public name, and for no other", () => {
    const imported = programs.flatMap((text) =>
      namesIn(text, /import \{(?<names>[^}]*)\} from "watertight"/g),
    );
    const published = namesIn(
      readFileSync(join(home, "dist/api/index.d.ts"), "utf8"),
      /export (?:type )?\{(?<names>[^}]*)\}/g,
    );
    expect([...new Set(imported)].toSorted()).toEqual(published.toSorted());
    const script = 'console.log(Object.keys(await import("watertight")).join())';
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      cwd: home,
      encoding: "utf8",
    });
    expect(stdout.trim().split(",")).toEqual(["Problem", "exitCodes", "judge", "report", "soak"]);
    expect(published).toEqual(expect.arrayContaining(stdout.trim().split(",")));
  });
});

function namesIn(text: string, lists: RegExp): string[] {
  const found = [...text.matchAll(lists)].flatMap(({ groups }) => (groups?.["names"] ?? "").split(","));
  return found.map((name) => name.replace(/^\s*type /, "").trim()).filter((name) => name !== "");
}
