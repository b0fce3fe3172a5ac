import { type Progress, type ScenarioObject, soak, type Soaked, type SoakOptions } from "watertight";

const scenario: ScenarioObject = {
  name: "visits",
  target: { command: "node server.mjs {port} leak" },
  flows: { visit: { steps: [{ http: "/" }] } },
  load: { operations: 60, batch: 10, warmup: 10, concurrency: 5 },
  settle: { quiet: "50ms", within: "2s" },
  drain: "500ms",
  criteria: { memory: { drop: "too short a run to tell" } },
};
const phases = new Set<string>();
const options: SoakOptions = {
  out: "visits",
  seed: 7,
  signal: AbortSignal.timeout(60_000),
  onProgress: ({ phase }: Progress) => phases.add(phase),
};

const { result, exitCode, record, folder }: Soaked = await soak(scenario, options);

console.log(`${result.name}: ${result.verdict}, exit code ${exitCode}`);
console.log(`seen while it ran: ${phases.has("batch")}`);
console.log(record.startsWith(folder));
