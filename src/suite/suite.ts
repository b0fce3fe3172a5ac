import { basename, dirname, extname, resolve } from "node:path";
import type { CriterionId } from "../model/verdict.js";
import { words } from "../scenario/normalise-step.js";
import { ms, optional } from "../scenario/units.js";
import { matches } from "./check.js";
import type { SuiteFile } from "./file.js";

/** A suite file after validation. */
export interface Suite {
  readonly name: string;
  /** Absolute, of the folder that the file is in: paths in it are relative to that. */
  readonly folder: string;
  readonly targets: readonly SuiteTarget[];
  readonly scenarios: readonly string[];
  /** What is run: targets × scenarios, without what is excluded. */
  readonly pairs: readonly Pair[];
  readonly quick: boolean;
  readonly budgetMs: number | undefined;
  readonly repeats: number;
  readonly quarantine: readonly Quarantine[];
  readonly webhook: Webhook | undefined;
  readonly keepNights: number | undefined;
}

export interface SuiteTarget {
  readonly name: string;
  /** Undefined = that of each scenario. */
  readonly command: readonly string[] | undefined;
  /** Absolute; undefined = that of each scenario. */
  readonly cwd: string | undefined;
  /** As it is written, with variables. */
  readonly commit: string | undefined;
}

/** A scenario, as it stands in the suite, against a target. */
export interface Pair {
  readonly target: string;
  readonly scenario: string;
}

export interface Quarantine {
  readonly target: string | undefined;
  readonly scenario: string | undefined;
  /** Undefined = all. */
  readonly criteria: readonly CriterionId[] | undefined;
  readonly reason: string;
  /** The last night on which it holds, YYYY-MM-DD (UTC). */
  readonly until: string;
}

export interface Webhook {
  /** As they are written, with variables: secrets are filled in when it is called. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly withinMs: number;
  readonly retries: number;
}

/** @param path absolute */
export function toSuite(file: SuiteFile, path: string): Suite {
  const folder = dirname(path);
  return {
    name: file.name ?? basename(path, extname(path)),
    folder,
    targets: targetsOf(file, folder),
    scenarios: file.scenarios,
    pairs: pairsOf(file),
    quick: file.quick,
    budgetMs: optional(file.budget, ms),
    repeats: file.repeats,
    quarantine: file.quarantine.map(quarantineOf),
    webhook: optional(file.webhook, ({ within, ...webhook }) => ({ ...webhook, withinMs: ms(within) })),
    keepNights: file.keep,
  };
}

function targetsOf({ targets }: SuiteFile, folder: string): SuiteTarget[] {
  return Object.entries(targets).map(([name, { command, cwd, commit }]) => ({
    name,
    command: optional(command, words),
    cwd: optional(cwd, (path) => resolve(folder, path)),
    commit,
  }));
}

function pairsOf({ targets, scenarios, exclude }: SuiteFile): Pair[] {
  const all = Object.keys(targets).flatMap((target) => scenarios.map((scenario) => ({ target, scenario })));
  return all.filter((pair) => !exclude.some((each) => matches(each, pair)));
}

function quarantineOf({
  target,
  scenario,
  criteria,
  reason,
  until,
}: SuiteFile["quarantine"][number]): Quarantine {
  return { target, scenario, criteria, reason, until };
}
