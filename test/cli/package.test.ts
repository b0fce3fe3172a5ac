import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

describe("the package", () => {
  it("holds what is listed, and what was compiled", async () => {
    const others = files.filter((path) => !path.startsWith("dist/"));
    await expect(`${others.join("\n")}\n`).toMatchFileSnapshot("golden/package-files.txt");
    const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
      (path) => path.endsWith(".ts") && !path.endsWith(".d.ts"),
    );
    const compiled = sources.flatMap((path) =>
      [".d.ts", ".js", ".js.map"].map((end) => `dist/${path.replace(/\.ts$/, end)}`),
    );
    expect(files.filter((path) => path.startsWith("dist/"))).toEqual(compiled.toSorted());
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

    scenarioFile(home, scenario(fixture("echoes.mjs")));
    const foreign = run("run", "small.yaml", "--out", "foreign", "--no-progress");
    expect(foreign.status, foreign.stderr).toBe(0);

    const own = run("run", "graceful-stop", "--quick", "--out", "own", "--no-progress");
    expect(own.status, own.stderr).toBe(0);
    expect(existsSync(join(home, "own", "report.json"))).toBe(true);
  });
});
