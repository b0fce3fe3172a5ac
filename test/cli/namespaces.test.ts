import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ReportDocument } from "../../src/report/json.js";
import { bin, cleanUpAfterEach, fixture, scenario, scenarioFile, tempFolder, verdictsOf } from "./rig.js";

cleanUpAfterEach();

const unshare = ["unshare", "--mount", "--pid", "--fork"];
/** Who is not root, but may read what root has made here. */
const asNobody = "setpriv --reuid 65534 --regid 65534 --clear-groups";

/** Whether this system lets the test make what it needs. */
function may(script: string): boolean {
  return spawnSync(unshare[0] ?? "", [...unshare.slice(1), "sh", "-c", script]).status === 0;
}

const namespaces = may("mount -t proc proc /proc");
const hiding = may(`mount -t proc -o hidepid=invisible proc /proc && ${asNobody} node -e 0`);

interface Ran {
  readonly code: number | null;
  readonly stderr: string;
  readonly report: ReportDocument | undefined;
}

const load = { operations: 12, batch: 2, concurrency: 2, warmup: 4 };

/** The tool in namespaces of its own, after the script has set them up. */
function runIn(script: string, as = ""): Ran {
  const cwd = tempFolder();
  chmodSync(cwd, 0o777);
  scenarioFile(cwd, scenario(fixture("echoes.mjs"), { load }));
  const words = `run small.yaml --out out --reporter json --no-progress --no-why`;
  const line = `${script}; ${as} "${process.execPath}" "${bin}" ${words}`;
  const { status, stderr, stdout } = spawnSync(unshare[0] ?? "", [...unshare.slice(1), "sh", "-c", line], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, HOME: cwd, CI: "true" },
  });
  const report = stdout === "" ? undefined : (JSON.parse(stdout) as ReportDocument);
  if (report) readFileSync(join(cwd, "out", "record.ndjson"));
  return { code: status, stderr, report };
}

describe.skipIf(!namespaces)("in a PID namespace (where unshare is allowed)", () => {
  it("with a /proc of its own: sees its own pids, and passes", () => {
    const { code, report } = runIn("mount -t proc proc /proc");
    expect(report?.scenarios[0]?.broke).toBeNull();
    expect(code).toBe(0);
  });

  it("with the /proc of the namespace around it: exit 4, rather than other processes' pids", () => {
    const { code, stderr, report } = runIn(":");
    expect(report).toBeUndefined();
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /^watertight: \/proc is that of another PID namespace\n {2}why: watertight is process \d+, but \/proc knows it as \d+\n {2}fix: mount one of its own/,
    );
  });

  it("with subset=pid: what else is in /proc is unknown, and the verdict stands", () => {
    const { code, report } = runIn("mount -t proc -o subset=pid proc /proc");
    expect(report?.scenarios[0]?.broke).toBeNull();
    expect(code).toBe(0);
  });
});

describe.skipIf(!hiding)("where /proc hides other users' processes (where hidepid can be mounted)", () => {
  it.each([
    ["noaccess", "exec"],
    ["invisible", ""],
    ["ptraceable", "exec"],
  ])("hidepid=%s (%s): what may be missing is named, and its criteria are unchecked", (how, exec) => {
    const { code, report } = runIn(`mount -t proc -o hidepid=${how} proc /proc`, `${exec} ${asNobody}`);
    const verdicts = report && verdictsOf(report);
    expect(verdicts).toMatchObject({ processes: "unchecked", zombies: "unchecked" });
    expect(code).toBe(3);
    const processes = report?.scenarios[0]?.criteria.find(({ id }) => id === "processes");
    expect(processes?.reason).toBe(
      "processes not read: /proc hides those of other users (hidepid), so one that was left might not be seen: run as root, or where /proc is mounted without hidepid",
    );
  });

  it("to root nothing is hidden", () => {
    expect(runIn("mount -t proc -o hidepid=invisible proc /proc").code).toBe(0);
  });
});
