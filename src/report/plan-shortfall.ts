import type { CountPlan, ScenarioPlan } from "../model/plan.js";
import type { ProblemText } from "../model/problem.js";
import { rateText, roughly, roughlyNeeded, roughRateText } from "./rate-text.js";

/** How a run is asked for, as far as it matters for what it can see. */
export interface Asking {
  readonly quick: boolean;
  /** The duration stands on the command line. */
  readonly hasDuration: boolean;
  /** How long the load takes for so many operations. */
  readonly loadMsFor: (operations: number) => number;
}

/** What is asked and cannot be seen even if the run goes on as far as it may; undefined = nothing. */
export function shortfallOf(plan: ScenarioPlan, asking: Asking): ProblemText | undefined {
  const short = plan.criteria.filter(isShort);
  if (short.length === 0) return undefined;
  return {
    what: `${plan.name} cannot see what it is asked to see`,
    why: sentences(short, plan).join("\n"),
    fix: fixFor(Math.max(...short.map(({ reachedAfter = 0 }) => reachedAfter)), plan, asking),
  };
}

function isShort(criterion: ScenarioPlan["criteria"][number]): criterion is CountPlan {
  return criterion.kind === "count" && criterion.reach === "never";
}

/** Criteria that ask for the same are told in one line. */
function sentences(short: readonly CountPlan[], plan: ScenarioPlan): string[] {
  return [...new Set(short.map(({ asked }) => asked))].map((asked = 0) => {
    const same = short.filter((criterion) => criterion.asked === asked);
    return `${same.map(({ id }) => id).join(", ")}: asked is ${rateText(asked)}; ${mostShown(same, plan)}`;
  });
}

function mostShown([first]: readonly CountPlan[], { durationMs, atMost }: ScenarioPlan): string {
  const rate = first?.detectableAtMost ?? 0;
  return durationMs === undefined
    ? `${atMost.operations} operations at most show ${rateText(rate)}`
    : `about ${roughly(atMost.operations)} operations at most show ${roughRateText(rate)}`;
}

function fixFor(operations: number, plan: ScenarioPlan, { quick, hasDuration, loadMsFor }: Asking): string {
  const minutes = `${Math.ceil(loadMsFor(operations) / 60_000)}m`;
  if (hasDuration)
    return `give it \`--duration ${minutes}\`, for about ${roughlyNeeded(operations)} operations; or ask for less`;
  const block = quick ? "quick" : "load";
  const size = plan.durationMs === undefined ? `operations: ${operations}` : `duration: ${minutes}`;
  const bigger = `write \`${block}: {${size}}\``;
  return quick
    ? `leave out --quick, or ${bigger}, or ask less of it: ${quickDetect(plan)}`
    : `${bigger}, or ask for less`;
}

function quickDetect({ criteria }: ScenarioPlan): string {
  const rates = criteria.flatMap((each) => (each.kind === "count" ? [each.detectable] : []));
  return `\`quick: {detect: ${rateText(Math.max(...rates))}}\``;
}
