// The speed and memory of the judge: whole processes on long records and series, and single series in this one.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { judgeBare } from "../dist/judge/judge-bare.js";
import { fixture, median } from "./lib.js";

const bin = fileURLToPath(new URL("../bin/watertight.js", import.meta.url));
const rounds = 5;
const works = [
  { what: "ticks", work: "judge a record of 24 h at 1 Hz, 12 processes", words: [] },
  // 113 MB: far more than a day records at one look a second.
  {
    what: "snapshots",
    work: "judge 86,400 lines, 8,640 of them snapshots of 12 processes",
    words: [],
    limit: 3,
  },
  { what: "series", work: "judge 12 series of 86,400 samples", words: ["--series"] },
];

function judged(words) {
  const since = performance.now();
  const child = spawnSync(process.execPath, ["--import", fixture("tells-peak.js"), bin, "judge", ...words], {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  const seconds = (performance.now() - since) / 1000;
  if (child.status === null || child.status === 2 || child.status > 3) throw new Error(child.stderr);
  return { seconds, mib: Number(child.stderr.trim().split("\n").at(-1)) / 1024 };
}

function longRows(folder) {
  return works.flatMap(({ what, work, words, limit = 2 }) => {
    const path = join(folder, what);
    spawnSync(process.execPath, [fixture("long-record.js"), what, path], { stdio: "inherit" });
    const runs = Array.from({ length: rounds }, () => judged([...words, path]));
    return [
      // The least disturbed of the runs: other work on the machine only ever adds.
      { work, value: Math.min(...runs.map(({ seconds }) => seconds)), limit, unit: " s" },
      { work: `${work}: memory`, value: Math.max(...runs.map(({ mib }) => mib)), limit: 300, unit: " MiB" },
    ];
  });
}

/** Noise about a level, or a leak on top of it: Park–Miller, so that it is the same each time. */
function series(kind, samples, perSample) {
  let state = 1;
  const level = (index) => {
    state = (state * 48_271) % 2_147_483_647;
    const noise = kind === "count" ? state % 3 : state % 1_000_000;
    return (kind === "count" ? 20 : 60_000_000) + noise + Math.floor(index * perSample);
  };
  const points = Array.from({ length: samples }, (_, index) => ({
    operations: 50 * (index + 1),
    atMs: 3000 * (index + 1),
    value: level(index + 1),
  }));
  return {
    name: kind,
    kind,
    baseline: [level(0), level(0)],
    points,
    drain: [level(samples), level(samples)],
  };
}

function msOf(samples) {
  const all = ["count", "memory"].flatMap((kind) => [0, 0.1].map((rate) => series(kind, samples, rate)));
  const once = () => {
    const since = performance.now();
    for (const one of all) judgeBare(one);
    return (performance.now() - since) / all.length;
  };
  once();
  return median(Array.from({ length: 9 }, once));
}

export async function judgeRows() {
  const folder = mkdtempSync(join(tmpdir(), "watertight-bench-"));
  try {
    const hundred = msOf(100);
    const growth = [1000, 8640].map((samples) => ({
      work: `judge ${samples * 10} points, against ${samples}`,
      value: msOf(samples * 10) / msOf(samples),
      limit: 12,
      unit: "×",
    }));
    return [
      ...longRows(folder),
      { work: "judge one series of 100 points", value: hundred, limit: 5, unit: " ms" },
      ...growth,
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
