import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { shellPrefix } from "../../src/target/shell-prefix.js";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Busybox: the shell of Alpine and of most small images. */
const shells = ["sh", "dash", "bash", "busybox sh"];
const limits = { fds: 321, processes: 54_321, memoryBytes: undefined };

describe.each(shells)("%s", (shell) => {
  const [name = "", ...words] = shell.split(" ");
  const skip = spawnSync(name, [...words, "-c", ":"]).status !== 0;

  test.skipIf(skip)("joins the cgroup, sets the limits and becomes the command", () => {
    const path = mkdtempSync(join(tmpdir(), "watertight-prefix-"));
    folders.push(path);
    // In place of the shell that it names, this one.
    const [, ...rest] = shellPrefix({ cgroup: { path }, limits });
    const command = ["cat", "/proc/self/limits", "/proc/self/stat"];
    const ran = spawnSync(name, [...words, ...rest, ...command], { encoding: "utf8" });
    expect(ran.stderr).toBe("");
    expect(ran.stdout).toMatch(/^Max open files\s+321\s+321\s/m);
    expect(ran.stdout).toMatch(/^Max processes\s+54321\s+54321\s/m);
    const pid = readFileSync(join(path, "cgroup.procs"), "utf8").trim();
    expect(ran.stdout).toContain(`\n${pid} (cat) `);
  });

  test.skipIf(skip)("says what it could not do, and does not run the command", () => {
    const [, ...rest] = shellPrefix({ cgroup: { path: "/no/such/cgroup" }, limits });
    const ran = spawnSync(name, [...words, ...rest, "echo", "ran"], { encoding: "utf8" });
    expect(ran.status).toBe(126);
    expect(ran.stdout).toBe("");
    expect(ran.stderr).toContain("watertight: the target could not join its cgroup");
  });
});
