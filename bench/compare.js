// The time that a comparison of two long records takes, as a process of its own.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fixture } from "./lib.js";

const bin = fileURLToPath(new URL("../bin/watertight.js", import.meta.url));
const rounds = 5;

function compared(folder) {
  const since = performance.now();
  const words = ["compare", join(folder, "before"), join(folder, "after")];
  const peak = ["--import", fixture("tells-peak.js")];
  const child = spawnSync(process.execPath, [...peak, bin, ...words], { encoding: "utf8" });
  const seconds = (performance.now() - since) / 1000;
  if (child.status !== 0) throw new Error(child.stdout + child.stderr);
  return { seconds, mib: Number(child.stderr.trim().split("\n").at(-1)) / 1024 };
}

export function compareRows() {
  const folder = mkdtempSync(join(tmpdir(), "watertight-bench-"));
  try {
    for (const side of ["before", "after"])
      spawnSync(process.execPath, [fixture("long-record.js"), "day", join(folder, side)], {
        stdio: "inherit",
      });
    const runs = Array.from({ length: rounds }, () => compared(folder));
    const work = "compare two records of 24 h: 86,400 ticks, 1,440 batches, 144,000 operations each";
    return [
      // The least disturbed of the runs: other work on the machine only ever adds.
      { work, value: Math.min(...runs.map(({ seconds }) => seconds)), limit: 3, unit: " s" },
      { work: "the same: memory", value: Math.max(...runs.map(({ mib }) => mib)), limit: 500, unit: " MiB" },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
