import { fewestBatches, type Flow, type Scenario } from "../model/scenario.js";
import { ddmin } from "./ddmin.js";
import { withConcurrency, withFlows, withoutPower, withOperations, withSteps } from "./smaller.js";

export interface Shrinking {
  /** It fails; that is not tried again. */
  readonly scenario: Scenario;
  /** Flows that are suspected, the gravest first: tried alone before anything else. */
  readonly suspects: readonly string[];
  /** Units that an operation of them leaves, where that is known: what is rare needs more operations to be seen. */
  readonly perOperation: number | undefined;
  /** Runs a candidate: whether it fails as the whole does. */
  readonly fails: (candidate: Scenario, what: string) => Promise<boolean>;
  /** No more is tried: the time is up, or the user has had enough. */
  readonly isOver: () => boolean;
}

/** A batch should see so many of what leaks, or its verdict hangs on chance. */
const leaksPerBatch = 2;
/** Where nothing is known of the rate. */
const firstBatch = 10;

/**
 * The smallest scenario found that still fails: fewer flows, operations and sessions at a time, and fewer steps. Each
 * is made as small as it can be in turn, so that leaving out one more flow or step fails no more, time permitting.
 */
export async function shrink(shrinking: Shrinking): Promise<Scenario> {
  const best = new Best(shrinking);
  await fewerFlows(best, shrinking.suspects);
  await fewerOperations(best);
  await fewerAtATime(best);
  await fewerSteps(best);
  return best.scenario;
}

class Best {
  scenario: Scenario;
  readonly perOperation: number | undefined;
  readonly #shrinking: Shrinking;

  constructor(shrinking: Shrinking) {
    this.scenario = withoutPower(shrinking.scenario);
    this.perOperation = shrinking.perOperation;
    this.#shrinking = shrinking;
  }

  /** Takes the candidate if it still fails. What is not tried any more does not count as failing. */
  async take(candidate: Scenario, what: string): Promise<boolean> {
    if (this.#shrinking.isOver() || !(await this.#shrinking.fails(candidate, what))) return false;
    this.scenario = candidate;
    return true;
  }
}

async function fewerFlows(best: Best, suspects: readonly string[]): Promise<void> {
  const all = best.scenario.flows.filter(({ weight }) => weight > 0);
  if (all.length < 2) return;
  const takes = (flows: readonly Flow[]): Promise<boolean> =>
    best.take(withFewOperations(best, withFlows(best.scenario, flows)), `flows ${names(flows)}`);
  for (const name of suspects) {
    const alone = all.filter((flow) => flow.name === name);
    if (alone.length > 0 && (await takes(alone))) return;
  }
  await ddmin(all, takes);
}

function names(flows: readonly Flow[]): string {
  return flows.map(({ name }) => name).join(", ");
}

/** Enough to see the leak, if that is fewer than there are. */
function withFewOperations({ perOperation }: Best, scenario: Scenario): Scenario {
  const rate = Math.min(1, perOperation ?? leaksPerBatch / firstBatch);
  const enough = fewestBatches * Math.ceil(leaksPerBatch / rate);
  return enough < (scenario.load.operations ?? Number.POSITIVE_INFINITY)
    ? withOperations(scenario, enough)
    : scenario;
}

async function fewerOperations(best: Best): Promise<void> {
  const fewest = fewestBatches;
  let tried = Number.POSITIVE_INFINITY;
  for (;;) {
    const { operations = Number.POSITIVE_INFINITY } = best.scenario.load;
    const next = Number.isFinite(operations) ? Math.floor(operations / 2) : fewestBatches * firstBatch;
    if (next >= tried || next < fewest) return;
    tried = next;
    if (!(await best.take(withOperations(best.scenario, next), `${next} operations`))) return;
  }
}

async function fewerAtATime(best: Best): Promise<void> {
  const { concurrency } = best.scenario.load;
  if (concurrency === 1 || (await best.take(withConcurrency(best.scenario, 1), "one at a time"))) return;
  for (let next = Math.floor(concurrency / 2); next > 1; next = Math.floor(next / 2)) {
    if (!(await best.take(withConcurrency(best.scenario, next), `${next} at a time`))) return;
  }
}

async function fewerSteps(best: Best): Promise<void> {
  for (const { name, steps } of best.scenario.flows) {
    await ddmin(steps, (fewer) =>
      best.take(withSteps(best.scenario, name, fewer), `${fewer.length} of ${steps.length} steps of ${name}`),
    );
  }
}
