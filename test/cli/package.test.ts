import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixture, scenario, scenarioFile } from "./rig.js";

/** Packing, and installing from the registry. */
const npmWithinMs = 180_000;

let folder: string;
let files: readonly string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "watertight-pack-"));
  // --ignore-scripts: packing would build first, under the feet of the tests that use what is built.
  const words = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const packed: { files: { path: string }[] }[] = JSON.parse(execFileSync("npm", words, quietly));
  files = packed[0]?.files.map(({ path }) => path).toSorted() ?? [];
}, npmWithinMs);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const quietly = { encoding: "utf8", stdio: "pipe" } as const;

const program = `
import { exitCodes, judge, Problem, report, type ScenarioResult, soak } from "watertight";
import { readLines } from "watertight/lifecycle";

const failed: unknown = await judge("nowhere").then((result: ScenarioResult) => result.verdict, (error: unknown) => error);
console.log(failed instanceof Problem && failed.exitCode, [report, soak, readLines].every((one) => typeof one === "function") && exitCodes.pass === 0);
`;

describe("the package", () => {
  it("holds what is listed, and what was compiled", async () => {
    const others = files.filter((path) => !path.startsWith("dist/"));
    await expect(`${others.join("\n")}\n`).toMatchFileSnapshot("golden/package-files.txt");
    // The page's script and style are two files, whatever they are made of.
    const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
      (path) => path.endsWith(".ts") && !path.endsWith(".d.ts") && !path.startsWith("page/"),
    );
    const compiled = sources.flatMap((path) =>
      [".d.ts", ".js", ".js.map"].map((end) => `dist/${path.replace(/\.ts$/, end)}`),
    );
    expect(files.filter((path) => path.startsWith("dist/"))).toEqual(
      [...compiled, "dist/page/report.css", "dist/page/report.js"].toSorted(),
    );
  });

  it("works where nothing but itself is installed", { timeout: npmWithinMs }, () => {
    const home = join(folder, "home");
    mkdirSync(home);
    const [tarball = ""] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
    const install = ["install", "--ignore-scripts", "--no-audit", "--no-fund", join(folder, tarball)];
    execFileSync("npm", install, { ...quietly, cwd: home });
    const run = (...own: string[]) => {
      const words = ["--no-install", "watertight", ...own];
      return spawnSync("npx", words, { cwd: home, encoding: "utf8" });
    };

    const list = run("list");
    expect({ status: list.status, stdout: list.stdout }).toEqual({
      status: 0,
      stdout: readFileSync("test/cli/golden/list.txt", "utf8"),
    });

    writeFileSync(join(home, "program.mts"), program);
    const types = ["--typeRoots", resolve("node_modules/@types"), "--types", "node"];
    const options = ["--ignoreConfig", "--strict", "--target", "es2023", "--module", "nodenext", ...types];
    const compiled = spawnSync(resolve("node_modules/.bin/tsc"), [...options, "program.mts"], {
      cwd: home,
      encoding: "utf8",
    });
    expect(compiled.stdout).toBe("");
    expect(execFileSync(process.execPath, ["program.mjs"], { ...quietly, cwd: home })).toBe("2 true\n");

    scenarioFile(home, scenario(fixture("echoes.mjs")));
    const foreign = run("run", "small.yaml", "--out", "foreign", "--no-progress");
    expect(foreign.status, foreign.stderr).toBe(0);

    const own = run("run", "graceful-stop", "--quick", "--out", "own", "--no-progress");
    expect(own.status, own.stderr).toBe(0);
    expect(existsSync(join(home, "own", "report.json"))).toBe(true);
  });
});
