import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** Import lines that each room must be refused, and some that it must be allowed. */
const rooms: Readonly<
  Record<string, { readonly refused: readonly string[]; readonly allowed: readonly string[] }>
> = {
  model: { refused: ["../stats/a.js", "zod", "node:fs"], allowed: ["./a.js"] },
  stats: { refused: ["../model/a.js", "node:fs"], allowed: ["./a.js"] },
  judge: {
    refused: ["../proc/a.js", "node:fs", "../soak/a.js"],
    allowed: ["../model/a.js", "../stats/a.js", "re2js"],
  },
  ledger: {
    refused: ["../proc/a.js", "node:fs", "../soak/a.js"],
    allowed: ["../model/a.js", "../stats/a.js", "../judge/a.js"],
  },
  shrink: { refused: ["../soak/a.js", "../judge/a.js", "node:fs"], allowed: ["../model/a.js"] },
  trace: { refused: ["../model/a.js", "ws"], allowed: ["./a.js", "node:fs"] },
  selftest: { refused: ["../gateway/a.js", "../judge/a.js", "node:fs"], allowed: ["../model/a.js"] },
  page: { refused: ["../judge/a.js", "node:fs"], allowed: ["../model/a.js", "../report/a.js", "uplot"] },
  report: {
    refused: ["../judge/a.js", "node:fs", "node:crypto"],
    allowed: ["../model/a.js", "cli-table3", "@noble/hashes/sha2.js"],
  },
  compare: {
    refused: ["../history/a.js", "node:fs"],
    allowed: ["../model/a.js", "../stats/a.js", "../judge/a.js"],
  },
  history: { refused: ["../report/a.js", "yaml"], allowed: ["../model/a.js", "../stats/a.js", "node:fs"] },
  otlp: { refused: ["../report/a.js", "node:http"], allowed: ["../model/a.js", "@opentelemetry/api"] },
  suite: { refused: ["../soak/a.js", "ws"], allowed: ["../model/a.js", "../scenario/a.js", "zod", "yaml"] },
  setup: { refused: ["../scenario/a.js", "zod"], allowed: ["../model/a.js", "yaml", "node:fs"] },
  doctor: { refused: ["../target/a.js", "ws"], allowed: ["../model/a.js", "../proc/a.js", "tinybench"] },
  manual: { refused: ["../judge/a.js", "node:fs"], allowed: ["../model/a.js"] },
  api: {
    refused: ["../cli/main.js", "../cli/interrupts.js", "../report/a.js", "commander"],
    allowed: ["../model/a.js", "../soak/a.js", "../judge/a.js", "../cli/judged.js", "node:path"],
  },
  proc: { refused: ["../target/a.js", "node:child_process"], allowed: ["../model/a.js", "node:fs"] },
  probe: {
    refused: ["../proc/a.js", "zod"],
    allowed: ["../model/a.js", "ws", "heap-snapshot-toolkit", "node:http"],
  },
  target: { refused: ["../drive/a.js", "ws"], allowed: ["../proc/a.js", "pidusage", "node:net"] },
  scenario: { refused: ["../drive/a.js", "ws"], allowed: ["../model/a.js", "zod", "yaml", "re2js"] },
  drive: {
    refused: ["../target/a.js", "../proc/a.js"],
    allowed: ["../model/a.js", "ws", "re2js", "eventsource-parser"],
  },
  engine: {
    refused: ["../proc/a.js", "../target/a.js", "../soak/a.js", "ws"],
    allowed: ["../model/a.js", "re2js", "node:child_process"],
  },
  soak: {
    refused: ["../report/a.js", "../cli/a.js", "../gateway/a.js"],
    allowed: ["../target/a.js", "../drive/a.js", "../engine/a.js", "../judge/a.js"],
  },
  lifecycle: { refused: ["../gateway/a.js", "ws"], allowed: ["../proc/a.js", "prom-client"] },
  gateway: {
    refused: ["../target/a.js", "../model/a.js"],
    allowed: ["../lifecycle/a.js", "ws", "./plants/a.js"],
  },
};

let folder: string;
let refusedFiles: ReadonlySet<string>;

/** One file of one import each, all linted in one go by the project's own rules. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "watertight-rooms-"));
  copyFileSync(".oxlintrc.json", join(folder, ".oxlintrc.json"));
  for (const [room, { refused, allowed }] of Object.entries(rooms)) {
    mkdirSync(join(folder, "src", room), { recursive: true });
    for (const path of [...refused, ...allowed]) {
      writeFileSync(join(folder, fileOf(room, path)), `export type { A } from "${path}";\n`);
    }
  }
  const linter = resolve("node_modules/.bin/oxlint");
  const { stdout } = spawnSync(linter, ["--format", "json", "src"], { cwd: folder, encoding: "utf8" });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
  const ours = diagnostics.filter(({ code }) => code.includes("no-restricted-imports"));
  refusedFiles = new Set(ours.map(({ filename }) => filename));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(room: string, path: string): string {
  return `src/${room}/${path.replaceAll(/\W/g, "_")}.ts`;
}

function isRefused(room: string, path: string): boolean {
  return refusedFiles.has(fileOf(room, path));
}

describe.each(Object.entries(rooms))("src/%s", (room, { refused, allowed }) => {
  it.each(refused)("may not import %s", (path) => expect(isRefused(room, path)).toBe(true));
  it.each(allowed)("may import %s", (path) => expect(isRefused(room, path)).toBe(false));
});

describe("ARCHITECTURE.md", () => {
  const text = readFileSync("ARCHITECTURE.md", "utf8");
  it.each(Object.keys(rooms))("tells of src/%s", (room) => expect(text).toContain(`| \`src/${room}\` |`));
});
