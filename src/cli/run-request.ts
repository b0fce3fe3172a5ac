import { operationsFor } from "../judge/power.js";
import { usageProblem } from "../model/problem.js";
import type { Scenario } from "../model/scenario.js";
import { parseDuration } from "../model/units.js";
import type { Attachment } from "../target/attachment.js";
import { listShipped, loadScenario } from "../scenario/load.js";
import { withSize } from "../scenario/size.js";
import { type Against, comparingOf } from "./compare/against-option.js";
import { attachmentOf, toAttached } from "./attach-option.js";
import type { Beyond } from "../model/comparison.js";
import type { Host } from "./host.js";
import { shippedDir } from "./paths.js";
import { type AskedReporter, askedReporters } from "./reporters/asked.js";
import { requirePlant } from "./plant-option.js";
import { withCommand } from "./with-command.js";
import { wantsWhy } from "./wants-why.js";

export interface RunInput {
  readonly names: readonly string[];
  readonly options: RunOptions;
  /** The words after `--`. */
  readonly command: readonly string[] | undefined;
  readonly host: Host;
}

/** As commander leaves them. */
export interface RunOptions {
  readonly quick?: boolean;
  readonly duration?: string;
  readonly plant?: string;
  readonly out?: string;
  /** Each as it was given; undefined = none was. */
  readonly reporter?: readonly string[];
  readonly seed: string;
  readonly progress: boolean;
  /** Undefined where neither --why nor --no-why was given. */
  readonly why?: boolean;
  readonly exitCodeForBisect?: boolean;
  readonly attach?: string;
  readonly allowSignals?: boolean;
  readonly baseline?: string;
  readonly against?: string;
  readonly repeats?: string;
  readonly beyond?: readonly string[];
}

/** What is to be run, checked. */
export interface RunRequest {
  readonly scenarios: readonly Scenario[];
  /** True when the scenarios were not named: all shipped ones for the reference gateway. */
  readonly all: boolean;
  readonly quick: boolean;
  readonly duration: string | undefined;
  readonly plant: string | undefined;
  readonly command: readonly string[] | undefined;
  readonly out: string | undefined;
  readonly reporters: readonly AskedReporter[];
  readonly seed: number;
  readonly progress: boolean;
  /** A second pass after a fail. */
  readonly why: boolean;
  /** A target that runs already. */
  readonly attach: Attachment | undefined;
  readonly allowSignals: boolean;
  /** Where kept runs are that this one is held against. */
  readonly baseline: string | undefined;
  /** Another build that takes turns with this one. */
  readonly against: Against | undefined;
  /** What is more than this is a regression. */
  readonly beyond: Beyond;
}

/** The one that takes an hour is run when it is asked for, or in its quick size. */
const hourLong = "memory-soak";

/** @throws Problem (exit 2) for anything that cannot be run as asked. */
export async function parseRunRequest(input: RunInput): Promise<RunRequest> {
  const { options, command, host } = input;
  const quick = options.quick === true;
  const durationMs = options.duration === undefined ? undefined : requireDuration(options.duration);
  const attach = attachmentOf(input);
  const loaded = await loadAll(input.names, { quick, cwd: host.cwd() });
  const size = { quick, operationsFor, ...(durationMs === undefined ? {} : { durationMs }) };
  const sized = loaded.map((scenario) => withCommand(withSize(scenario, size), command));
  const scenarios = attach ? sized.map((scenario) => toAttached(scenario, options)) : sized;
  if (options.plant !== undefined) requirePlantable(options.plant, scenarios);
  return {
    scenarios,
    all: input.names.length === 0,
    quick,
    duration: options.duration,
    plant: options.plant,
    command,
    out: options.out === undefined ? undefined : requireFolder(options.out),
    reporters: askedReporters(options.reporter ?? [], host.cwd(), host.env),
    seed: requireSeed(options.seed),
    progress: options.progress,
    // A bisection asks which commit it was, many times.
    why: wantsWhy(options.why ?? (options.exitCodeForBisect || attach ? false : undefined), host.env),
    attach,
    allowSignals: options.allowSignals === true,
    ...comparingOf(options, scenarios),
  };
}

async function loadAll(
  names: readonly string[],
  { quick, cwd }: { readonly quick: boolean; readonly cwd: string },
): Promise<Scenario[]> {
  const wanted = names.length > 0 ? names : await shippedNames(quick);
  return Promise.all(wanted.map((name) => loadScenario(name, { shippedDir, cwd })));
}

async function shippedNames(quick: boolean): Promise<string[]> {
  const shipped = await listShipped(shippedDir);
  const own = shipped.filter(({ forOthers }) => !forOthers).map(({ name }) => name);
  return own.filter((name) => quick || name !== hourLong);
}

function requirePlantable(plant: string, scenarios: readonly Scenario[]): void {
  requirePlant(plant);
  const foreign = scenarios.find(({ target }) => target.command[0] !== "{gateway}");
  if (!foreign) return;
  throw usageProblem({
    what: `--plant ${plant} cannot be put into ${foreign.target.command.join(" ")}`,
    why: "plants are part of the reference gateway",
    fix: "leave out --plant, or leave out the command",
  });
}

function requireDuration(text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0) return ms;
  throw usageProblem({
    what: ms === 0 ? `--duration ${text} measures nothing` : `--duration ${text} is no duration`,
    fix: "write a number with ms, s, m or h: --duration 10m",
  });
}

function requireSeed(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw usageProblem({ what: `--seed ${text} is no seed`, fix: "write a whole number: --seed 7" });
}

function requireFolder(text: string): string {
  if (text !== "") return text;
  throw usageProblem({ what: "--out has no folder", fix: "name one: --out DIR" });
}
