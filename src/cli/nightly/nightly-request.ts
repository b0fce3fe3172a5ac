import { resolve } from "node:path";
import { operationsFor } from "../../judge/power.js";
import { usageProblem } from "../../model/problem.js";
import type { Scenario } from "../../model/scenario.js";
import { parseDuration } from "../../model/units.js";
import { loadScenario } from "../../scenario/load.js";
import { withSize } from "../../scenario/size.js";
import { loadSuite } from "../../suite/load.js";
import type { Pair, Suite, SuiteTarget } from "../../suite/suite.js";
import { filledIn } from "../../suite/variables.js";
import { commitOf } from "./commit-of.js";
import { defaultHistory } from "./history-folder.js";
import type { Host } from "../host.js";
import { shippedDir } from "../paths.js";
import { withCommand } from "../with-command.js";
import { wantsWhy } from "../wants-why.js";

/** As commander leaves them. */
export interface NightlyWords {
  readonly history?: string;
  readonly out: string;
  readonly budget?: string;
  readonly quick?: boolean;
  readonly why?: boolean;
  readonly progress: boolean;
  readonly reporter: string;
}

export interface NightlyRequest {
  readonly suite: Suite;
  readonly budgetMs: number | undefined;
  readonly quick: boolean;
  /** Absolute. */
  readonly history: string;
  readonly out: string;
  readonly why: boolean;
  readonly progress: boolean;
  readonly json: boolean;
  /** The scenario of each pair, as it is run, in its size. */
  readonly scenarioOf: (pair: Pair) => Planned;
}

export interface Planned {
  readonly scenario: Scenario;
  readonly commit: string | undefined;
  /** In place of the scenario's own; for the line that repeats it. */
  readonly command: readonly string[] | undefined;
}

/** @throws Problem (exit 2) for a suite or a scenario of it that cannot be run. */
export async function parseNightlyRequest(
  file: string,
  words: NightlyWords,
  host: Host,
): Promise<NightlyRequest> {
  const cwd = host.cwd();
  const suite = await loadSuite(file, cwd);
  const quick = words.quick === true || suite.quick;
  const planned = await plannedOf(suite, quick, host);
  return {
    suite,
    quick,
    budgetMs: words.budget === undefined ? suite.budgetMs : requireBudget(words.budget),
    history: resolve(cwd, words.history ?? defaultHistory),
    out: resolve(cwd, words.out),
    why: wantsWhy(words.why, host.env),
    progress: words.progress,
    json: words.reporter === "json",
    scenarioOf: (pair) => planned.get(keyOf(pair)) ?? unplanned(pair),
  };
}

/** A target and a scenario have no line breaks in their names. */
function keyOf({ target, scenario }: Pair): string {
  return `${target}\n${scenario}`;
}

/** All of them are loaded before the first is run: a mistake in the last costs no night. */
async function plannedOf(suite: Suite, quick: boolean, host: Host): Promise<Map<string, Planned>> {
  const commits = new Map<string, string | undefined>();
  for (const target of suite.targets) commits.set(target.name, await commitOfTarget(target, host));
  const planned = new Map<string, Planned>();
  for (const pair of suite.pairs) {
    const target = suite.targets.find(({ name }) => name === pair.target);
    const loaded = await loadScenario(pair.scenario, { shippedDir, cwd: suite.folder });
    const sized = withCommand(withSize(loaded, { quick, operationsFor }), target?.command);
    const cwd = target?.cwd ?? sized.target.cwd;
    const scenario = { ...sized, target: { ...sized.target, cwd } };
    requireOther(pair, scenario, planned);
    planned.set(keyOf(pair), { scenario, commit: commits.get(pair.target), command: target?.command });
  }
  return planned;
}

/** The history knows a scenario by its own name, wherever its file lies. */
function requireOther(pair: Pair, { name }: Scenario, planned: ReadonlyMap<string, Planned>): void {
  const same = [...planned].find(
    ([key, other]) => key.startsWith(`${pair.target}\n`) && other.scenario.name === name,
  );
  if (!same) return;
  throw usageProblem({
    what: `two scenarios of the suite have the name ${name}`,
    why: "the history could not tell them apart",
    fix: `give ${pair.scenario} another one: name: ${name}-2`,
  });
}

async function commitOfTarget({ commit, cwd }: SuiteTarget, host: Host): Promise<string | undefined> {
  const told = commit === undefined ? "" : filledIn(commit, host.env).text;
  return told === "" ? commitOf(cwd ?? host.cwd()) : told;
}

function requireBudget(text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0) return ms;
  const fix = "write a number with ms, s, m or h: --budget 2h";
  throw usageProblem({ what: `--budget ${text} is no time`, fix });
}

function unplanned({ target, scenario }: Pair): never {
  throw new Error(`${target}/${scenario} is not in the suite`);
}
