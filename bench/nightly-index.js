// The page of the nights at its largest: a year of twenty scenarios.
import { renderNightlyIndex } from "../dist/report/nightly/index-page.js";
import { median } from "./lib.js";

const nights = 365;
const scenarios = 20;
const criteria = ["tasks", "processes", "fds", "memory", "zombies", "ptys"];
const startMs = Date.UTC(2026, 0, 1);
const dayMs = 86_400_000;

/** A number from 0 to 1 that repeats. */
function noise(seed) {
  const wave = Math.sin(seed * 12.9898) * 43_758.5453;
  return wave - Math.floor(wave);
}

function rowOf(scenario) {
  const leaksFrom = 40 + scenario * 15;
  const leaksTo = leaksFrom + 30;
  const results = Array.from({ length: nights }, (_, day) => {
    const night = new Date(startMs + day * dayMs).toISOString().slice(0, 10);
    const leaks = day >= leaksFrom && day < leaksTo;
    const unclear = noise(day * 31 + scenario) > 0.97;
    return {
      night,
      verdict: unclear ? "inconclusive" : leaks ? "fail" : "pass",
      commit: String(day * scenario + 17)
        .padStart(8, "3")
        .repeat(5),
      quarantined: false,
      report: `../runs/${night}T02-00-00-scenario-${scenario}/repeat-1/report.html`,
      findings: leaks
        ? [
            {
              criterion: "fds",
              summary: "132 file descriptors were left by 150 operations",
              at: "src/a.ts:16",
            },
          ]
        : [],
    };
  });
  return {
    target: "gateway",
    scenario: `scenario-${scenario}`,
    nights: results,
    curves: criteria.map((id, index) => curveOf(id, { results, seed: scenario * 7 + index })),
    state: "ok",
    since: undefined,
    changes: [],
  };
}

/** Noise on every night is the worst case: nothing can be run together. */
function curveOf(id, { results, seed }) {
  const rates = results.map((_, day) => {
    const rate = noise(seed + day);
    return { rate, low: rate - noise(seed + day + 0.5), high: rate + noise(seed + day + 0.7) };
  });
  return { id, unit: id === "memory" ? "bytes" : "count", rates };
}

export function nightlyIndexRows() {
  const rows = Array.from({ length: scenarios }, (_, index) => rowOf(index + 1));
  const options = { title: "Nightly", generatedAtMs: startMs + nights * dayMs, nights };
  let bytes = 0;
  const times = Array.from({ length: 5 }, () => {
    const before = performance.now();
    bytes = Buffer.byteLength(renderNightlyIndex(rows, options));
    return performance.now() - before;
  });
  const work = `${nights} nights of ${scenarios} scenarios`;
  return [
    { work: `page of ${work}, all rates noisy`, value: median(times) / 1000, limit: 3, unit: " s" },
    { work: `its size`, value: bytes / 1e6, limit: 5, unit: " MB" },
  ];
}
