import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { Problem } from "../../src/model/problem.js";
import { suiteJsonSchema } from "../../src/suite/json-schema.js";
import { loadSuite, parseSuite } from "../../src/suite/load.js";

const head = "targets: {gateway: {}}\nscenarios: [connect-churn, error-storm]\n";

function told(text: string): string {
  try {
    parseSuite(text, { path: "/home/me/nightly.yaml", shown: "nightly.yaml" });
    return "is taken";
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return [error.message, error.why && `why: ${error.why}`, error.fix && `fix: ${error.fix}`]
      .filter((line) => line !== undefined)
      .join("\n  ");
  }
}

const mistakes: Readonly<Record<string, string>> = {
  "nothing at all": "# later\n",
  "no mapping": "- connect-churn\n",
  "no targets": "scenarios: [connect-churn]\n",
  "no target in it": "targets: {}\nscenarios: [connect-churn]\n",
  "no scenarios": "targets: {gateway: {}}\nscenarios: []\n",
  "a misspelt key": `${head}quarantin: []\n`,
  "a misspelt key of a target": "targets: {gateway: {comand: ./x}}\nscenarios: [connect-churn]\n",
  "a target that cannot name a folder": "targets: {../up: {}}\nscenarios: [connect-churn]\n",
  "a quote without a partner": `targets: {mine: {command: "node 'server.js"}}\nscenarios: [connect-churn]\n`,
  "a scenario twice": "targets: {gateway: {}}\nscenarios: [connect-churn, connect-churn]\n",
  "a budget without a unit": `${head}budget: 2\n`,
  "no repeats": `${head}repeats: 0\n`,
  "an exclusion of what is not there": `${head}exclude: [{scenario: conect-churn}]\n`,
  "an exclusion of a target that is not there": `${head}exclude: [{target: gatway}]\n`,
  "an exclusion of nothing": `${head}exclude: [{}]\n`,
  "everything excluded": `${head}exclude: [{target: gateway}]\n`,
  "a quarantine without a reason": `${head}quarantine: [{scenario: error-storm, until: 2027-01-31}]\n`,
  "a quarantine without an end": `${head}quarantine: [{scenario: error-storm, reason: known}]\n`,
  "a quarantine with an empty reason": `${head}quarantine: [{scenario: error-storm, reason: "", until: 2027-01-31}]\n`,
  "a quarantine until a day that never comes": `${head}quarantine: [{scenario: error-storm, reason: known, until: 2027-02-30}]\n`,
  "a quarantine of an unknown criterion": `${head}quarantine: [{scenario: error-storm, criteria: [fd], reason: known, until: 2027-01-31}]\n`,
  "a webhook that is no URL": `${head}webhook: {url: hooks.example.org}\n`,
  "a webhook without one": `${head}webhook: {within: 5s}\n`,
  "no YAML": "targets: [\n",
  "two at once": `${head}repeat: 2\nkeep: none\n`,
};

describe("a suite with mistakes", () => {
  it("is told with line, column and what to write", async () => {
    const all = Object.entries(mistakes).map(([name, text]) => `# ${name}\n  ${told(text)}`);
    await expect(`${all.join("\n")}\n`).toMatchFileSnapshot("golden/mistakes.txt");
  });

  it.each(Object.entries(mistakes))("%s", (_, text) => {
    expect(told(text)).toMatch(/^nightly\.yaml:\d+:\d+: /);
    expect(told(text)).toContain("fix: ");
  });
});

describe("a suite", () => {
  const suite = (text: string) => parseSuite(text, { path: "/home/me/nightly.yaml", shown: "nightly.yaml" });

  it("in short has a default for everything else", () => {
    expect(suite(head)).toEqual({
      name: "nightly",
      folder: "/home/me",
      targets: [{ name: "gateway", command: undefined, cwd: undefined, commit: undefined }],
      scenarios: ["connect-churn", "error-storm"],
      pairs: [
        { target: "gateway", scenario: "connect-churn" },
        { target: "gateway", scenario: "error-storm" },
      ],
      quick: false,
      budgetMs: undefined,
      repeats: 1,
      quarantine: [],
      webhook: undefined,
      keepNights: undefined,
    });
  });

  it("in full", () => {
    const full = suite(`
name: ours
targets:
  gateway: {}
  mine: {command: "node server.js --port {port}", cwd: ../mine, commit: "\${SHA}"}
scenarios: [connect-churn, ./own.yaml]
exclude: [{target: gateway, scenario: ./own.yaml}]
quick: true
budget: 1h30m
repeats: 2
quarantine: [{target: mine, criteria: [fds, memory], reason: known, until: 2027-01-31}]
webhook: {url: "\${HOOK}", headers: {authorization: "Bearer \${TOKEN}"}, within: 5s, retries: 0}
keep: 60
`);
    expect(full.targets[1]).toEqual({
      name: "mine",
      command: ["node", "server.js", "--port", "{port}"],
      cwd: "/home/mine",
      commit: "${SHA}",
    });
    expect(full.pairs).toEqual([
      { target: "gateway", scenario: "connect-churn" },
      { target: "mine", scenario: "connect-churn" },
      { target: "mine", scenario: "./own.yaml" },
    ]);
    expect(full).toMatchObject({
      name: "ours",
      quick: true,
      budgetMs: 5_400_000,
      repeats: 2,
      quarantine: [{ target: "mine", scenario: undefined, criteria: ["fds", "memory"] }],
      webhook: { url: "${HOOK}", headers: { authorization: "Bearer ${TOKEN}" }, withinMs: 5000, retries: 0 },
      keepNights: 60,
    });
  });

  it("that is not there is told with what one is", async () => {
    await expect(loadSuite("nowhere.yaml", "/tmp")).rejects.toMatchObject({
      message: "there is no suite nowhere.yaml",
      exitCode: 2,
    });
  });
});

describe("the published schema", () => {
  const published: object = suiteJsonSchema();

  it("is the one of this version", async () => {
    // To write it anew: npm run build && node -e 'import("./dist/suite/json-schema.js").then((m) =>
    //   fs.writeFileSync("scenarios/suite.schema.json", JSON.stringify(m.suiteJsonSchema())))' && npm run format
    const file: unknown = JSON.parse(await readFile("scenarios/suite.schema.json", "utf8"));
    expect(file).toEqual(JSON.parse(JSON.stringify(published)));
  });

  it("takes the example, and refuses what has a wrong shape", async () => {
    const isValid = new Ajv2020({ strict: false }).compile(published);
    expect(isValid(parse(await readFile("docs/examples/nightly.yaml", "utf8")))).toBe(true);
    expect(isValid({ targets: { gateway: {} }, scenarios: [] })).toBe(false);
    expect(isValid({ targets: { gateway: {} }, scenarios: ["a"], quarantine: [{ scenario: "a" }] })).toBe(
      false,
    );
  });
});
