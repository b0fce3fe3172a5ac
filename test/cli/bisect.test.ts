import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { bisectCode } from "../../src/cli/bisect.js";
import { blocksOf } from "../docs/pages.js";
import { bin, cleanUpAfterEach, tempFolder, tool } from "./rig.js";

cleanUpAfterEach();

const page = readFileSync(resolve("docs/guides/bisect.md"), "utf8");

it.each([
  [0, 0],
  [1, 1],
  [2, 128],
  [3, 125],
  [4, 125],
  [130, 130],
])("exit code %d is %d to git bisect, as the page says", (code, told) => {
  expect(bisectCode(code)).toBe(told);
  expect(page).toContain(`| ${told} |`);
});

it("ends the bisection where the words are wrong, for each commit would count as bad", async () => {
  const { code } = await tool(["run", "no-such-scenario", "--exit-code-for-bisect"]);
  expect(code).toBe(128);
  expect((await tool(["run", "--exit-code-for-bisect", "--qick"])).code).toBe(128);
  expect((await tool(["judge", "none", "--exit-code-for-bisect"])).code).toBe(128);
});

it("is no option of the target's command", async () => {
  const { code } = await tool(["run", "no-such-scenario", "--", "server", "--exit-code-for-bisect"]);
  expect(code).toBe(2);
});

/** One file a visit, closed again, unless it leaks. */
function server(visit: string): string {
  return `const { createServer } = require("node:http");
const { openSync, closeSync } = require("node:fs");
createServer((_request, response) => {
  ${visit}
  response.end("welcome");
}).listen(Number(process.argv[2]), "127.0.0.1");
`;
}

const sound = 'closeSync(openSync("/dev/null", "r"));';
const history: readonly (readonly [subject: string, source: string])[] = [
  ["serve visits", server(sound)],
  ["say welcome louder", server(`${sound} /* WELCOME */`)],
  ["say welcome twice", server(`${sound} /* WELCOME WELCOME */`)],
  ["begin a rewrite that does not start", "syntax error here"],
  ["count the visits", server(`${sound} globalThis.visits = 1;`)],
  ["keep the file for later", server('openSync("/dev/null", "r");')],
  ["release", server('openSync("/dev/null", "r"); globalThis.visits = 2;')],
];

it("finds the planted commit by the recipe of the page", { timeout: 120_000 }, () => {
  const folder = tempFolder();
  const repository = join(folder, "server");
  mkdirSync(repository);
  const git = (...words: string[]): string =>
    execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@localhost", ...words], {
      cwd: repository,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  git("init", "-q");
  for (const [subject, source] of history) {
    writeFileSync(join(repository, "server.js"), source);
    git("add", "server.js");
    git("commit", "-q", "-m", subject);
    if (subject === "serve visits") git("tag", "v1.0");
  }
  const blocks = blocksOf(page);
  const yaml = blocks.find(({ language }) => language === "yaml")?.text ?? "";
  writeFileSync(join(folder, "leak.yaml"), yaml.replace("target:", `target:\n  cwd: ${repository}`));
  const recipe = blocks.find(({ language }) => language === "sh")?.text ?? "";
  const script = recipe
    .replace("npx watertight", `${process.execPath} ${bin}`)
    .replace("/tmp/bisect", join(folder, "out"))
    .replace("git bisect reset", "");
  const { stdout, stderr } = spawnSync("sh", ["-ec", script], {
    cwd: repository,
    encoding: "utf8",
    env: { ...process.env, CI: "true" },
  });
  expect(stdout, stderr).toMatch(/is the first bad commit/);
  const log = git("bisect", "log");
  expect(log).toMatch(/first bad commit: .*keep the file for later/);
  expect(log).toMatch(/skip: .*begin a rewrite/);
});
