import { resolve } from "node:path";
import type { Clock } from "../model/clock.js";
import { recordVersion, type RunLine } from "../model/record.js";
import type { Scenario } from "../model/scenario.js";
import { watchedBy } from "./watched-by.js";
import { systemFacts } from "./system.js";

export interface RunFacts {
  readonly scenario: Scenario;
  readonly quick: boolean;
  readonly plant: string | undefined;
  readonly tool: string;
  readonly seed?: number | undefined;
  readonly trace?: object | undefined;
  readonly clock: Clock;
  readonly procRoot: string;
  readonly attached?: string | undefined;
  readonly watched?: RunLine["watched"];
}

/** The first line of a record. */
export function runLine(facts: RunFacts, words: readonly string[]): RunLine {
  const { tool, clock, scenario, quick, plant, procRoot, seed, trace, attached, watched } = facts;
  return {
    type: "run",
    version: recordVersion,
    tool,
    startedAtMs: clock.now(),
    scenario,
    quick,
    plant,
    command: words,
    cwd: attached === undefined ? resolve(scenario.target.cwd ?? ".") : undefined,
    seed,
    traced: trace !== undefined,
    attached,
    watched: watched ?? watchedBy(scenario.load),
    system: systemFacts(procRoot, clock),
  };
}
