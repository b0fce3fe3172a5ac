// The page of the nights at its largest: a year of twenty scenarios, from the entries of the history.
import { trendOf } from "../dist/history/trend.js";
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

/** Each scenario leaks for a month; all its rates are noisy, which is the worst case: nothing can be run together. */
function entryOf(scenario, day) {
  const night = new Date(startMs + day * dayMs).toISOString().slice(0, 10);
  const leaks = day >= 40 + scenario * 14 && day < 70 + scenario * 14;
  const unclear = noise(day * 31 + scenario) > 0.97;
  const verdict = unclear ? "inconclusive" : leaks ? "fail" : "pass";
  return {
    version: 1,
    id: `${scenario}-${day}`,
    night,
    startedAtMs: startMs + day * dayMs,
    durationMs: 60_000,
    target: "gateway",
    scenario: `scenario-${scenario}`,
    commit: (day * 2_654_435_761 + 1e9).toString(16).padStart(10, "0").repeat(4),
    tool: "watertight 1.0.0",
    kernel: "6.18",
    repeat: 1,
    verdict,
    landed: 400,
    criteria: criteria.map((id, index) => criterionOf(id, { seed: scenario * 7 + index + day, verdict })),
    findings:
      verdict === "fail"
        ? [
            {
              criterion: "fds",
              summary: "132 file descriptors were left by 150 operations",
              at: "src/a.ts:16",
            },
          ]
        : [],
    report: `runs/${night}T02-00-00-scenario-${scenario}/repeat-1/report.html`,
  };
}

function criterionOf(id, { seed, verdict }) {
  const rate = noise(seed) * 0.01 + (verdict === "fail" && id === "fds" ? 0.88 : 0);
  const interval = { low: rate - noise(seed + 0.5) * 0.01, high: rate + noise(seed + 0.7) * 0.01 };
  const own = verdict === "fail" && id !== "fds" ? "pass" : verdict;
  return { id, verdict: own, unit: id === "memory" ? "bytes" : "count", rate: { rate, ...interval } };
}

export function nightlyIndexRows() {
  const entries = Array.from({ length: nights * scenarios }, (_, index) =>
    entryOf((index % scenarios) + 1, Math.floor(index / scenarios)),
  );
  const options = { title: "Nightly", generatedAtMs: startMs + nights * dayMs, nights };
  let bytes = 0;
  const times = Array.from({ length: 5 }, () => {
    const before = performance.now();
    bytes = Buffer.byteLength(renderNightlyIndex(trendOf(entries), options));
    return performance.now() - before;
  });
  const work = `${nights} nights of ${scenarios} scenarios`;
  return [
    { work: `trend and page of ${work}, all rates noisy`, value: median(times) / 1000, limit: 3, unit: " s" },
    { work: "size of the page", value: bytes / 1e6, limit: 5, unit: " MB" },
  ];
}
