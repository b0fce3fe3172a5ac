// A year of nights, read from its folder and made into rows.
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readHistory } from "../dist/history/folder.js";
import { header } from "../dist/history/segment.js";
import { trendOf } from "../dist/history/trend.js";

const nights = 365;
const scenarios = 20;
const repeats = 2;
const dayMs = 86_400_000;
const firstMs = Date.UTC(2026, 0, 1);
const criteria = ["tasks", "processes", "fds", "memory", "zombies", "ptys"];

/** Park–Miller, so that it is the same each time. */
let state = 1;
function random() {
  state = (state * 48_271) % 2_147_483_647;
  return state / 2_147_483_647;
}

/** Each scenario leaks for two months of its own, one in twenty runs cannot tell. */
function line(night, scenario, repeat) {
  const leaks = night >= 10 * scenario && night < 10 * scenario + 60;
  const verdict = random() < 0.05 ? "inconclusive" : leaks ? "fail" : "pass";
  const startedAtMs = firstMs + night * dayMs + (repeat * scenarios + scenario) * 60_000;
  return `${JSON.stringify({
    version: 1,
    id: `00000000-0000-4000-8000-${String(night * 1000 + scenario * 10 + repeat).padStart(12, "0")}`,
    night: new Date(firstMs + night * dayMs).toISOString().slice(0, 10),
    startedAtMs,
    durationMs: 60_000,
    target: "gateway",
    scenario: `scenario-${String(scenario).padStart(2, "0")}`,
    commit: night.toString(16).padStart(40, "0"),
    tool: "watertight 0.1.0",
    kernel: "6.1.0-32-amd64",
    repeat,
    verdict,
    landed: 1000,
    criteria: criteria.map((id) => {
      const grows = leaks && id === "fds" ? 0.1 : 0;
      const rate = grows + (random() - 0.5) * 0.01;
      return {
        id,
        verdict: id === "fds" ? verdict : "pass",
        unit: id === "memory" ? "bytes" : "count",
        rate: { rate, low: rate - 0.01, high: rate + 0.01 },
      };
    }),
    findings: leaks
      ? [{ criterion: "fds", summary: "1 fd per 10 operations is left", at: "src/terminate.ts:88" }]
      : [],
    report: `2026-01-01/00-00-00-abcd/gateway-scenario-${scenario}-${repeat}/report.html`,
  })}\n`;
}

/** A file each night, as `nightly` writes it. */
function write(folder) {
  mkdirSync(folder, { recursive: true });
  for (let night = 0; night < nights; night++) {
    const path = join(folder, `${String(night).padStart(4, "0")}.ndjson`);
    writeFileSync(path, header);
    for (let repeat = 1; repeat <= repeats; repeat++)
      appendFileSync(
        path,
        Array.from({ length: scenarios }, (_, scenario) => line(night, scenario, repeat)).join(""),
      );
  }
}

export async function historyRows() {
  const folder = mkdtempSync(join(tmpdir(), "watertight-bench-history-"));
  try {
    write(folder);
    const reading = [];
    const trend = [];
    let changes = 0;
    for (let round = 0; round < 5; round++) {
      const since = performance.now();
      const { entries } = await readHistory(folder);
      const between = performance.now();
      changes = trendOf(entries).reduce((sum, row) => sum + row.changes.length, 0);
      reading.push((between - since) / 1000);
      trend.push((performance.now() - between) / 1000);
    }
    const what = `${nights} nights × ${scenarios} scenarios × ${repeats} repeats`;
    // The least disturbed of the rounds: other work on the machine only ever adds.
    return [
      { work: `read the history of ${what}`, value: Math.min(...reading), limit: 1, unit: " s" },
      { work: `its trend`, value: Math.min(...trend), limit: 1, unit: " s" },
      // 20 leaks that came; those of which the nights are over went.
      { work: "changes named, of 39", value: changes, unit: "" },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
