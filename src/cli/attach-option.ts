import { type Problem, usageProblem } from "../model/problem.js";
import type { RunLine } from "../model/record.js";
import type { Scenario } from "../model/scenario.js";
import { attachedScenario } from "../soak/attached.js";
import { type Attachment, parseAttachment } from "../target/attachment.js";
import type { RunInput, RunOptions } from "./run-request.js";

/** @throws Problem (exit 2) for what is no process, or goes with no process that runs already. */
export function attachmentOf({ options, command }: RunInput): Attachment | undefined {
  const { attach, allowSignals, plant, why } = options;
  if (attach === undefined) {
    if (allowSignals)
      throw alone("--allow-signals", "what watertight has started itself is signalled anyway");
    return undefined;
  }
  if (command) throw alone("a command after --", "what is attached to runs already", "leave out one of them");
  if (plant !== undefined) throw alone("--plant", "plants are put in when the reference gateway is started");
  if (why === true) throw alone("--why", "a second pass starts the target anew", "leave out --why");
  const to = parseAttachment(attach);
  if (to) return to;
  throw usageProblem({
    what: `--attach ${attach} names no process`,
    fix: "write --attach pid:4127 or --attach port:8080",
  });
}

function alone(what: string, why: string, fix?: string): Problem {
  const withOrWithout = what === "--allow-signals" ? "is for --attach" : "does not go with --attach";
  return usageProblem({ what: `${what} ${withOrWithout}`, why, fix: fix ?? `leave out ${what}` });
}

export function toAttached(scenario: Scenario, { allowSignals }: Pick<RunOptions, "allowSignals">): Scenario {
  return attachedScenario(scenario, { allowSignals: allowSignals === true });
}

/** @throws Problem (exit 2) for a record whose scenario cannot be run against a target started anew. */
export function requireStarted({ attached }: Pick<RunLine, "attached">): void {
  if (attached === undefined) return;
  throw usageProblem({
    what: "a run that was attached to its target cannot be shrunk",
    why: `${attached} ran already, and each try needs a target that is started anew`,
    fix: "run the scenario with target.command, and shrink that",
  });
}
