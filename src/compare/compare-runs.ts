import type {
  Beyond,
  ComparedBuild,
  ComparedResource,
  ComparedScenario,
  Comparison,
} from "../model/comparison.js";
import type { RunLine } from "../model/record.js";
import { exitCodes } from "../model/problem.js";
import { type CriterionId, criterionIds } from "../model/verdict.js";
import { comparedResource, notCompared } from "./compared-resource.js";
import type { Evidence } from "./evidence.js";
import { countAlpha, familyAlpha, memoryAlpha } from "./family.js";
import type { RunReading } from "./reading.js";
import { type ScenarioEvidence, scenarioEvidence } from "./scenario-evidence.js";

/** The runs of one build. */
export interface Build {
  /** As the user would type it. */
  readonly where: string;
  readonly runs: readonly RunReading[];
}

export interface CompareOptions {
  readonly tool: string;
  readonly beyond: Beyond;
}

/** Two sets of runs: what differs, by how much, how surely. Pure. */
export function compareRuns(before: Build, after: Build, { tool, beyond }: CompareOptions): Comparison {
  const names = [...new Set([...before.runs, ...after.runs].map(({ run }) => run.scenario.name))];
  const known = names.map((name) =>
    scenarioEvidence(name, { before: runsOf(before, name), after: runsOf(after, name) }),
  );
  const alpha = alphas(known);
  const scenarios = known.map((one) => comparedScenario(one, { alpha, beyond }));
  const verdict = verdictOf(scenarios);
  return {
    tool,
    before: buildOf(before),
    after: buildOf(after),
    scenarios,
    familyAlpha,
    verdict,
    exitCode: verdictCodes[verdict],
  };
}

const verdictCodes = {
  regression: exitCodes.fail,
  "no regression": exitCodes.pass,
  undecided: exitCodes.inconclusive,
} as const;

function runsOf({ runs }: Build, name: string): readonly RunReading[] {
  return runs.filter(({ run }) => run.scenario.name === name);
}

type Alphas = (id: CriterionId) => number;

function alphas(known: readonly ScenarioEvidence[]): Alphas {
  const evidence = (of: (id: CriterionId) => boolean): Evidence[] =>
    known.flatMap(({ resources }) =>
      [...resources].flatMap(([id, one]) => (typeof one === "string" || !of(id) ? [] : [one])),
    );
  const counts = countAlpha(evidence((id) => id !== "memory"));
  const memory = memoryAlpha(evidence((id) => id === "memory").length);
  return (id) => (id === "memory" ? memory : counts);
}

interface Bars {
  readonly alpha: Alphas;
  readonly beyond: Beyond;
}

function comparedScenario(known: ScenarioEvidence, { alpha, beyond }: Bars): ComparedScenario {
  const { name, before, after, resources, cannot, notes } = known;
  const runs = Math.max(1, Math.min(before.length, after.length));
  const told = criterionIds.flatMap((id) => {
    const one = resources.get(id);
    if (one === undefined) return [];
    if (typeof one === "string") return [notCompared(id, one, beyond[id])];
    return [comparedResource(id, one, { alpha: alpha(id), beyond: beyond[id], runs })];
  });
  return { name, before: sideOf(before), after: sideOf(after), resources: told, cannot, notes };
}

function sideOf(runs: readonly RunReading[]): { readonly runs: number; readonly operations: number } {
  return { runs: runs.length, operations: runs.reduce((sum, { operations }) => sum + operations, 0) };
}

function buildOf({ where, runs }: Build): ComparedBuild {
  return { where, ...sideOf(runs), commands: [...new Set(runs.map(({ run }) => commandOf(run)))] };
}

/** As the scenario has it, without the port of the day. */
function commandOf({ scenario, plant, attached }: RunLine): string {
  if (attached !== undefined) return attached;
  const planted = plant === undefined ? [] : ["--plant", plant];
  return [...scenario.target.command, ...planted].join(" ");
}

/** Nothing compared is no absence of a regression, and neither is what was asked for and not compared. */
function verdictOf(scenarios: readonly ComparedScenario[]): Comparison["verdict"] {
  const all = scenarios.flatMap(({ resources }) => resources);
  if (all.some(({ outcome }) => outcome === "worse")) return "regression";
  const isOpen = ({ outcome, beyond }: ComparedResource): boolean =>
    outcome === "open" || (outcome === "not compared" && beyond !== undefined);
  const isEmpty = all.every(({ outcome }) => outcome === "not compared");
  return isEmpty || all.some(isOpen) ? "undecided" : "no regression";
}
