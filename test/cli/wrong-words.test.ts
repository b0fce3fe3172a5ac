import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cleanUpAfterEach, fixture, scenario, scenarioFile, tempFolder, tool } from "./rig.js";

cleanUpAfterEach();

/** Words, and what stderr says first and at the end. */
const mistakes: readonly (readonly [string, string, string])[] = [
  ["rn", "unknown command 'rn'", "Did you mean run?"],
  ["frobnicate", "unknown command 'frobnicate'", "see: watertight --help"],
  ["goose-churn", "unknown command 'goose-churn'", "to run a scenario: watertight run goose-churn"],
  ["mine.yaml", "unknown command 'mine.yaml'", "to run a scenario: watertight run mine.yaml"],
  ["help rnu", "unknown command 'rnu'", "there are: init, run, watch, "],
  ["help judg", "unknown command 'judg'", "Did you mean judge?"],
  ["--verson", "unknown option '--verson'", "Did you mean --version?"],
  ["run --qick", "unknown option '--qick'", "Did you mean --quick?"],
  ["run --zzz", "unknown option '--zzz'", "see: watertight run --help"],
  ["run --duration", "option '--duration <time>' argument missing", "see: watertight run --help"],
  ["run small.yaml --duration soon", "--duration soon is no duration", "--duration 10m"],
  ["run small.yaml --duration 5", "--duration 5 is no duration", "--duration 10m"],
  ["run small.yaml --duration 0s", "--duration 0s measures nothing", "--duration 10m"],
  ["run small.yaml --seed x", "--seed x is no seed", "--seed 7"],
  ["run small.yaml --seed -1", "--seed -1 is no seed", "--seed 7"],
  ["run small.yaml --out=", "--out has no folder", "--out DIR"],
  ["run small.yaml --reporter quite-other", "there is no reporter quite-other", "./my-reporter.js"],
  ["run small.yaml --reporter jsno", "there is no reporter jsno", "did you mean json?"],
  ["run small.yaml --reporter json=", "--reporter json= names no file", "--reporter json=FILE"],
  ["run small.yaml --reporter json --reporter default", "two reporters for stdout", "default=FILE"],
  ["run --plant zombi", 'there is no plant "zombi"', "watertight list"],
  ["run --plant fd:9", '"fd:9" needs a rate above 0', "watertight list"],
  ["run --plant fd:x", '"fd:x" needs a rate above 0', "watertight list"],
  ["run small.yaml --plant fd", "--plant fd cannot be put into", "leave out --plant"],
  ["run goose-churn --plant fd -- ./mine", "--plant fd cannot be put into ./mine", "leave out the command"],
  ["run small.yaml --", "no command after --", "./my-gateway --port {port}"],
  ["run goose-chrun", "there is no scenario goose-chrun", "did you mean goose-churn?"],
  ["run nothing-like-it.yaml", "there is no scenario nothing-like-it.yaml", "shipped are: connect-churn"],
  ["run .", "is a folder", "the path of a .yaml file"],
  ["plan --qick", "unknown option '--qick'", "Did you mean --quick?"],
  ["plan --plant fd", "unknown option '--plant'", "see: watertight plan --help"],
  ["plan goose-chrun", "there is no scenario goose-chrun", "did you mean goose-churn?"],
  ["plan nothing-like-it.yaml", "there is no scenario nothing-like-it.yaml", "shipped are: connect-churn"],
  ["plan small.yaml --duration soon", "--duration soon is no duration", "--duration 10m"],
  ["plan small.yaml --reporter xml", "argument 'xml' is invalid", "see: watertight plan --help"],
  ["plan small.yaml --", "no command after --", "./my-gateway --port {port}"],
  ["judge", "missing required argument 'record'", "see: watertight judge --help"],
  ["judge --explain memory", "missing required argument 'record'", "put --explain after the record"],
  ["judge --series", "option '--series <file>' argument missing", "see: watertight judge --help"],
  ["judge a b", "too many arguments for 'judge'", "see: watertight judge --help"],
  ["judge nothing-there", "cannot read nothing-there", "name a record.ndjson"],
  ["report small.yaml", "small.yaml: the record is broken at line 1", "run the scenario again"],
  ["scenario lint", "missing required argument 'file'", "see: watertight scenario lint --help"],
  ["list extra", "too many arguments for 'list'", "see: watertight list --help"],
  ["gateway --port 70000", "--port 70000 is not possible", "from 0 to 65535"],
  ["gateway --port x", "--port x is not possible", "from 0 to 65535"],
  ["gateway --grace 5", "--grace 5 is no duration", "--grace 2s"],
  ["gateway --plant pti", 'there is no plant "pti"', "watertight list"],
  ["gateway --agent=", "the agent command is empty", "watertight gateway --help"],
];

describe("wrong words", () => {
  it.each(mistakes)("watertight %s", async (words, what, fix) => {
    const cwd = tempFolder();
    scenarioFile(cwd, scenario(fixture("echoes.mjs")));
    const { code, stdout, stderr } = await tool(words.split(" "), { cwd });
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^watertight: /);
    expect(stderr.split("\n")[0]).toContain(what);
    expect(stderr.split("\n").find((line) => line.startsWith("  fix: "))).toContain(fix);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(readdirSync(cwd)).toEqual(["small.yaml"]);
  });
});

/** A part of the scenario, and what is said of it. */
const parts: readonly (readonly [string, Readonly<Record<string, unknown>>, RegExp])[] = [
  ["an unknown key", { lod: { operations: 60 } }, /small\.yaml:1:\d+[^]*lod[^]*did you mean `load`/],
  [
    "a wrong type",
    { load: { operations: "many" } },
    /small\.yaml:1:\d+: expected a whole number[^]*`many`[^]*operations: 1000/,
  ],
  ["an impossible number", { load: { operations: 60, batch: 0 } }, /batch[^]*0/],
  [
    "an impossible share",
    { load: { operations: 60, maxFailed: "130%" } },
    /expected a share from 0% to 100%, found `130%`[^]*maxFailed: 1%/,
  ],
  ["an unknown step", { flows: { a: { steps: [{ conect: "/" }] } } }, /conect[^]*did you mean `connect`/],
  ["a command of no words", { target: { command: "" } }, /small\.yaml:1:\d+[^]*command/],
];

describe("a wrong scenario file", () => {
  it.each(parts)("%s", async (_name, part, said) => {
    const cwd = tempFolder();
    scenarioFile(cwd, scenario(fixture("echoes.mjs"), part));
    const { code, stdout, stderr } = await tool(["run", "small.yaml"], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(said);
    expect(stderr).toMatch(/^watertight: [^]*\n {2}fix: /);
    expect(readdirSync(cwd)).toEqual(["small.yaml"]);
  });
});
