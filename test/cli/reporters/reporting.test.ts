import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Problem } from "../../../src/model/problem.js";
import { askedReporters } from "../../../src/cli/reporters/asked.js";
import { Reporting } from "../../../src/cli/reporters/reporting.js";
import { reported } from "../../report/reported.js";
import { leaking, scenario } from "../../report/samples.js";
import { fakeHost, type FakeHost, type Surroundings } from "../fake-host.js";
import { cleanUpAfterEach, tempFolder } from "../rig.js";

cleanUpAfterEach();

const pass = reported([scenario()], { exitCode: 0, where: "out" });
const fail = reported([leaking()], { exitCode: 1, where: "out" });

interface Opened extends FakeHost {
  readonly reporting: Reporting;
  readonly cwd: string;
}

/** @param modules the text of each module, by its file's name */
async function opened(
  words: readonly string[],
  modules: Readonly<Record<string, string>> = {},
  surroundings: Surroundings = {},
): Promise<Opened> {
  const cwd = tempFolder();
  for (const [name, text] of Object.entries(modules)) writeFileSync(join(cwd, name), text);
  const fake = fakeHost({ cwd, ...surroundings });
  const asked = askedReporters(words, cwd, surroundings.env);
  const reporting = await Reporting.open(asked, fake.host, { endWithinMs: 300 });
  return { ...fake, cwd, reporting };
}

function happen({ reporting }: Opened): void {
  reporting.event({ type: "start", atMs: 1, scenario: "a" });
  reporting.event({ type: "verdict", atMs: 2, scenario: "a", result: scenario() });
}

describe("several at once", () => {
  it("each go to their place, and stderr names the files", async () => {
    const one = await opened(["junit=a/out.xml", "json=out.json", "ndjson=events.ndjson", "markdown"]);
    happen(one);
    expect(await one.reporting.end(fail)).toBe(1);
    expect(one.stdout()).toMatch(/^<!-- watertight-report -->/);
    expect(readFileSync(join(one.cwd, "a/out.xml"), "utf8")).toContain("<failure ");
    expect(JSON.parse(readFileSync(join(one.cwd, "out.json"), "utf8"))).toMatchObject({ verdict: "fail" });
    const events = readFileSync(join(one.cwd, "events.ndjson"), "utf8").trimEnd().split("\n");
    expect(events.map((line) => JSON.parse(line).type)).toEqual(["start", "verdict", "end"]);
    expect(one.stderr()).toBe("junit: wrote a/out.xml\njson: wrote out.json\nndjson: wrote events.ndjson\n");
  });

  it.each([
    ["a folder", "junit=.", {}, /it is a folder/],
    ["a module that is not there", "./none.mjs", {}, /cannot be loaded/],
    ["a module that throws", "./a.mjs", { "a.mjs": "throw new Error('no luck')" }, /cannot be loaded/],
    ["a module without a function", "./a.mjs", { "a.mjs": "export default 3" }, /is no reporter/],
    [
      "a function that throws",
      "./a.mjs",
      { "a.mjs": "export default () => { throw 1 }" },
      /cannot be set up/,
    ],
    ["a function that makes nothing", "./a.mjs", { "a.mjs": "export default () => {}" }, /is no reporter/],
    ["an address that is none", "otlp=ftp://x", {}, /no address of a collector/],
  ])("%s is refused before the run, with exit code 2", async (...[, word, modules, message]) => {
    const refused = expect.objectContaining({ exitCode: 2 });
    const opening = opened([word], modules);
    await expect(opening).rejects.toEqual(refused);
    await expect(opening).rejects.toSatisfy((error: Problem) =>
      message.test(`${error.message} ${error.why}`),
    );
  });
});

const broken = {
  "in an event": "export default () => ({ onEvent: () => { throw new Error('boom') } })",
  "in an event, later": "export default () => ({ onEvent: async () => { throw new Error('boom') } })",
  "at the end": "export default () => ({ onEnd: () => { throw new Error('boom') } })",
  "at the end, later": "export default () => ({ onEnd: async () => { throw new Error('boom') } })",
  "with no error": "export default () => ({ onEnd: () => { throw 'boom' } })",
};

describe("a reporter that fails", () => {
  it.each(Object.entries(broken))(
    "%s costs no other one; it is said, and a pass becomes 4",
    async (_, text) => {
      for (const [report, code] of [
        [pass, 4],
        [fail, 1],
      ] as const) {
        const one = await opened(["./a.mjs=a.txt", "json=out.json", "ndjson"], { "a.mjs": text });
        happen(one);
        await new Promise(setImmediate);
        expect(await one.reporting.end(report)).toBe(code);
        expect(one.stderr()).toMatch(
          /^watertight: warning: reporter .\/a\.mjs failed\n {2}why: boom\n {2}fix: /,
        );
        expect(existsSync(join(one.cwd, "out.json"))).toBe(true);
        expect(existsSync(join(one.cwd, "a.txt"))).toBe(false);
        expect(JSON.parse(one.stdout().trimEnd().split("\n").at(-1) ?? "")).toMatchObject({ exitCode: code });
      }
    },
  );

  it("since the disk is full, live or at the end, costs no other one", async () => {
    const one = await opened(["junit=/dev/full", "ndjson=/dev/full", "json=out.json"]);
    happen(one);
    expect(await one.reporting.end(pass)).toBe(4);
    expect(one.stderr().match(/ENOSPC/g)).toHaveLength(2);
    expect(one.stderr()).toContain("reporter junit failed");
    expect(one.stderr()).toContain("reporter ndjson failed");
    expect(existsSync(join(one.cwd, "out.json"))).toBe(true);
    expect(one.stdout()).toContain("pass: files in out");
  });

  it("by never coming to an end is given up, and the others do not wait for it", async () => {
    const text = "export default () => ({ onEnd: () => new Promise(() => {}) })";
    const one = await opened(["./a.mjs=a.txt", "json"], { "a.mjs": text });
    const ended = one.reporting.end(pass);
    await new Promise(setImmediate);
    expect(JSON.parse(one.stdout())).toMatchObject({ verdict: "pass" });
    expect(await ended).toBe(4);
    expect(one.stderr()).toContain("why: it did not come to an end within 300 ms");
  });

  it("since no collector listens says where, and what to do", async () => {
    const one = await opened(["otlp=http://127.0.0.1:9"]);
    expect(await one.reporting.end(fail)).toBe(1);
    expect(one.stderr()).toContain("reporter otlp failed");
  });
});

describe("a command that fails itself", () => {
  it("still ends the file of events, and writes no report of nothing", async () => {
    const one = await opened(["ndjson=events.ndjson", "junit=out.xml"]);
    one.reporting.event({ type: "start", atMs: 1, scenario: "a" });
    await one.reporting.abandon(2);
    const events = readFileSync(join(one.cwd, "events.ndjson"), "utf8").trimEnd().split("\n");
    expect(events.map((line) => JSON.parse(line))).toMatchObject([
      { type: "start" },
      { type: "end", exitCode: 2 },
    ]);
    expect(existsSync(join(one.cwd, "out.xml"))).toBe(false);
  });
});

describe("in a workflow of GitHub", () => {
  it("annotations go to stderr, and the summary to the file of the step; stdout stays as it was asked for", async () => {
    const summary = join(tempFolder(), "summary.md");
    writeFileSync(summary, "before\n");
    const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary };
    const one = await opened(["json"], {}, { env });
    expect(await one.reporting.end(fail)).toBe(1);
    expect(one.stderr()).toMatch(/^::error title=error-storm leaks fds/);
    expect(JSON.parse(one.stdout())).toMatchObject({ verdict: "fail" });
    expect(readFileSync(summary, "utf8")).toMatch(/^before\n<!-- watertight-report -->\n## watertight: fail/);
  });

  it("a summary that has no room left is said, and left as it is", async () => {
    const summary = join(tempFolder(), "summary.md");
    writeFileSync(summary, "x".repeat(1024 ** 2 - 100));
    const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary };
    const one = await opened([], {}, { env });
    expect(await one.reporting.end(fail)).toBe(1);
    expect(one.stderr()).toContain("why: no summary of the step: its 1 MiB is used up");
    expect(readFileSync(summary, "utf8").length).toBe(1024 ** 2 - 100);
  });

  it("what the target says is no command in the report for people", async () => {
    const one = await opened([], {}, { env: { GITHUB_ACTIONS: "true" } });
    const result = { ...leaking(), logTail: ["::add-mask::a", "x ##[error]y"] };
    await one.reporting.end(reported([result], { where: "out" }));
    expect(one.stdout()).toContain(String.raw`\x3a:add-mask::a`);
    expect(one.stdout()).not.toMatch(/^\s*::|##\[/m);
  });
});
