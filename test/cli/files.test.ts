import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseRecord } from "../../src/model/record-reader.js";
import {
  bin,
  cleanUpAfterEach,
  eventually,
  fixture,
  marked,
  recorded,
  scenario,
  scenarioFile,
  spawnTool,
  tempFolder,
  tool,
} from "./rig.js";

cleanUpAfterEach();

const runFiles = [
  "record.ndjson",
  "report.html",
  "report.json",
  "report.txt",
  "target.stderr.log",
  "target.stdout.log",
];

function small(): { readonly cwd: string; readonly run: readonly string[] } {
  const cwd = tempFolder();
  scenarioFile(cwd, scenario(fixture("echoes.mjs")));
  return { cwd, run: ["run", "small.yaml", "--no-progress"] };
}

describe("--out", () => {
  it("without it the files go to reports/<time>-<scenario>", async () => {
    const { cwd, run } = small();
    const { code, stdout } = await tool(run, { cwd });
    const [folder = ""] = readdirSync(join(cwd, "reports"));
    expect(code).toBe(0);
    expect(folder).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-small$/);
    expect(readdirSync(join(cwd, "reports", folder)).toSorted()).toEqual(runFiles);
    expect(stdout).toContain(`pass: files in reports/${folder}\n`);
  });

  it("keeps both runs when the folder holds one already", async () => {
    const { cwd, run } = small();
    expect((await tool([...run, "--out", "out"], { cwd })).code).toBe(0);
    const first = readFileSync(join(cwd, "out", "record.ndjson"), "utf8");
    const { code, stdout } = await tool([...run, "--out", "out"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("pass: files in out/run-2");
    expect(readFileSync(join(cwd, "out", "record.ndjson"), "utf8")).toBe(first);
    expect(readdirSync(join(cwd, "out", "run-2")).toSorted()).toEqual(runFiles);
  });

  it("keeps both of two runs at once", async () => {
    const { cwd, run } = small();
    const words = [...run, "--out", "out"];
    const both = await Promise.all([tool(words, { cwd }), tool(words, { cwd })]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    for (const folder of ["out", "out/run-2"]) {
      const record = parseRecord(readFileSync(join(cwd, folder, "record.ndjson"), "utf8"));
      expect(record.end?.outcome).toBe("complete");
      expect(record.operations).toHaveLength(70);
    }
  });

  it("holds a folder for each of several scenarios", async () => {
    const { cwd } = small();
    scenarioFile(cwd, scenario(fixture("exits-at-once.sh")), "other");
    const words = ["run", "small.yaml", "other.yaml", "--out", "out", "--reporter", "json"];
    const { code, stdout, stderr } = await tool(words, { cwd });
    expect(code).toBe(4);
    expect(readdirSync(join(cwd, "out")).toSorted()).toEqual(["other", "small"]);
    const report: { verdict: string; scenarios: { name: string; verdict: string }[] } = JSON.parse(stdout);
    expect(report.verdict).toBe("broke");
    expect(report.scenarios.map(({ name, verdict }) => [name, verdict])).toEqual([
      ["small", "pass"],
      ["other", "broke"],
    ]);
    expect(stderr).toContain("small: started\nsmall: pass, 60 operations in ");
  });

  it("that fails at the second scenario: the first one's report is printed all the same", async () => {
    const { cwd } = small();
    scenarioFile(cwd, scenario(fixture("echoes.mjs")), "other");
    mkdirSync(join(cwd, "out"));
    writeFileSync(join(cwd, "out", "other"), "in the way");
    const words = ["run", "small.yaml", "other.yaml", "--out", "out", "--no-progress"];
    const { code, stdout, stderr } = await tool(words, { cwd });
    expect(code).toBe(2);
    expect(stdout).toMatch(/^small: pass /);
    expect(stdout).not.toContain("because you stopped it");
    expect(stderr).toContain(`watertight: cannot write to ${join(cwd, "out", "other")}`);
  });

  it.each([
    ["below a file", "small.yaml/out", "ENOTDIR"],
    ["that is a file", "small.yaml", "ENOTDIR"],
    ["in a folder that takes no children", "/proc/out", "ENOENT"],
  ])("%s: exit 2, nothing started", async (_name, out, why) => {
    const { cwd, run } = small();
    const { code, stdout, stderr } = await tool([...run, "--out", out], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^watertight: cannot write to .*\n {2}why: .*\n {2}fix: .*--out DIR\n$/);
    expect(stderr).toContain(why);
    expect(readdirSync(cwd)).toEqual(["small.yaml"]);
  });

  it.skipIf(process.getuid?.() === 0)("that may not be written to (not as root): exit 2", async () => {
    const { cwd, run } = small();
    chmodSync(cwd, 0o500);
    const { code, stderr } = await tool([...run, "--out", "out"], { cwd });
    chmodSync(cwd, 0o700);
    expect(code).toBe(2);
    expect(stderr).toContain("permission denied");
  });
});

/** Mounts a disk of 20 KiB at `$1` where only the command sees it, then runs the rest. */
const onTinyDisk = 'mount -t tmpfs -o size=20k none "$1" && shift && exec "$@"';
const canMount =
  process.getuid?.() === 0 &&
  spawnSync("unshare", ["-m", "sh", "-c", onTinyDisk, "sh", "/mnt", "true"]).status === 0;

describe("a full disk", () => {
  it.skipIf(!canMount)("in mid-run (needs root and mounts): exit 4, and the record so far reads", () => {
    const { cwd } = small();
    const disk = tempFolder();
    const copy = tempFolder();
    const tell =
      'node "$0" run small.yaml --out "$1/out"; code=$?; cp "$1"/out/record.ndjson "$2"; exit $code';
    const words = ["-m", "sh", "-c", onTinyDisk, "sh", disk, "sh", "-c", tell, bin, disk, copy];
    const { status, stdout, stderr } = spawnSync("unshare", words, { cwd, encoding: "utf8" });
    expect(status).toBe(4);
    expect(stdout).toBe("");
    expect(stderr).toMatch(
      /watertight: cannot go on writing the record .*\n {2}why: ENOSPC.*\n {2}fix: free some/,
    );
    const record = parseRecord(readFileSync(join(copy, "record.ndjson"), "utf8"));
    expect(record.truncated).toBe(true);
    expect(record.operations.length).toBeGreaterThan(0);
  });

  it("under stdout: exit 4, told on stderr", () => {
    const { status, stderr } = spawnSync("sh", ["-c", `"$0" "$1" list >/dev/full`, process.execPath, bin], {
      encoding: "utf8",
    });
    expect(status).toBe(4);
    expect(stderr).toMatch(/^watertight: cannot write to stdout\n {2}why: ENOSPC.*\n {2}fix: /);
  });
});

describe("a pipe that is closed early", () => {
  it("is no error: quiet, and the exit code is the verdict's", () => {
    const { cwd, run } = small();
    const line = `{ "$0" "$@"; echo "exit $?" >&2; } | true`;
    const { stderr } = spawnSync("sh", ["-c", line, process.execPath, bin, ...run], {
      cwd,
      encoding: "utf8",
    });
    expect(stderr).toBe("exit 0\n");
    expect(existsSync(join(cwd, "reports"))).toBe(true);
  });
});

describe("a record that was cut short", () => {
  it("by kill -9 in mid-run: it reads to its last whole line, says so, and nothing is alive", async () => {
    const { cwd } = small();
    scenarioFile(
      cwd,
      scenario(fixture("echoes.mjs"), { load: { duration: "1m", batch: 10, concurrency: 5 } }),
    );
    const run = spawnTool(["run", "small.yaml", "--out", "out"], cwd);
    await eventually(() => recorded(join(cwd, "out"), '"phase":"batch","batch":3'), "the third batch");
    run.child.kill("SIGKILL");
    expect((await run.exited).signal).toBe("SIGKILL");
    await eventually(() => marked(run).length === 0, "the end of all processes");
    const { code, stdout, stderr } = await tool(["judge", "out"], { cwd });
    expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
    expect(stdout).toContain("interrupted");
    expect(stdout).toContain("the record is cut short");
  });

  it("in the middle of a line", async () => {
    const { cwd, run } = small();
    await tool([...run, "--out", "out"], { cwd });
    const path = join(cwd, "out", "record.ndjson");
    writeFileSync(path, readFileSync(path, "utf8").slice(0, -20));
    const { stdout } = await tool(["report", path], { cwd });
    expect(stdout).toContain("the record is cut short");
  });
});

it("leaves nothing in the temporary folder", async () => {
  const { cwd, run } = small();
  const tmp = tempFolder();
  execFileSync(process.execPath, [bin, ...run, "--out", "out"], {
    cwd,
    env: { ...process.env, TMPDIR: tmp },
  });
  expect(readdirSync(tmp)).toEqual([]);
});
