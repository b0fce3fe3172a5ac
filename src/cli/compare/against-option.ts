import { parseArgsStringToArgv } from "string-argv";
import { usageProblem } from "../../model/problem.js";
import type { Scenario } from "../../model/scenario.js";
import { beyondOf } from "./beyond-option.js";
import type { RunOptions, RunRequest } from "../run-request.js";
import { withCommand } from "../with-command.js";

/** Another build, to take turns with the one that is asked about. */
export interface Against {
  /** The same scenarios, with its command. */
  readonly scenarios: readonly Scenario[];
  /** Runs of each build, of each scenario. */
  readonly repeats: number;
}

const usualRepeats = 2;
const mostRepeats = 1000;

/**
 * What the options of a run say of comparing.
 * @throws Problem (exit 2) for options that do not go together, or are none.
 */
export function comparingOf(
  options: RunOptions,
  scenarios: readonly Scenario[],
): Pick<RunRequest, "baseline" | "against" | "beyond"> {
  requireTogether(options);
  const { baseline, against } = options;
  return {
    baseline,
    against:
      against === undefined
        ? undefined
        : { scenarios: withOther(scenarios, against), repeats: repeatsOf(options.repeats) },
    beyond: beyondOf(options.beyond ?? []),
  };
}

function requireTogether({ baseline, against, repeats, beyond, attach }: RunOptions): void {
  if (baseline !== undefined && against !== undefined)
    throw usageProblem({ what: "--baseline and --against at once", fix: "leave out one of them" });
  if (against !== undefined && attach !== undefined)
    throw usageProblem({
      what: "--against with --attach",
      why: "two builds take turns, so watertight must start and stop both",
      fix: "run each with --attach into a folder of its own, then: watertight compare BEFORE AFTER",
    });
  if (repeats !== undefined && against === undefined)
    throw usageProblem({ what: "--repeats without --against", fix: '--against "COMMAND" --repeats 4' });
  if (beyond !== undefined && against === undefined && baseline === undefined)
    throw usageProblem({
      what: "--beyond without --baseline or --against",
      why: "it says how much worse than another build this one may be",
      fix: "--baseline DIR, with the folder of kept runs",
    });
}

/** The other build of the reference gateway is still the reference gateway: it is looked into as the scenario says. */
function withOther(scenarios: readonly Scenario[], against: string): Scenario[] {
  const command = parseArgsStringToArgv(against);
  if (command.length === 0)
    throw usageProblem({ what: "--against has no command", fix: '--against "./old-server --port {port}"' });
  return scenarios.map((scenario) =>
    command[0] === "{gateway}"
      ? { ...scenario, target: { ...scenario.target, command } }
      : withCommand(scenario, command),
  );
}

function repeatsOf(text: string | undefined): number {
  if (text === undefined) return usualRepeats;
  const repeats = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (repeats >= 1 && repeats <= mostRepeats) return repeats;
  throw usageProblem({
    what: `--repeats ${text} is no number of repeats`,
    fix: `a whole number from 1 to ${mostRepeats}: --repeats 4`,
  });
}
