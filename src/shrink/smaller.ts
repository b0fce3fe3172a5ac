import { fewestBatches, type Flow, type Load, type Scenario, type Step } from "../model/scenario.js";

/** Only these flows, which may be held at the stop no longer. */
export function withFlows(scenario: Scenario, flows: readonly Flow[]): Scenario {
  const { whileOpen } = scenario.stop;
  const isHeld = whileOpen !== undefined && flows.some(({ name }) => name === whileOpen.flow);
  return { ...scenario, flows, stop: { ...scenario.stop, whileOpen: isHeld ? whileOpen : undefined } };
}

export function withSteps(scenario: Scenario, flow: string, steps: readonly Step[]): Scenario {
  const flows = scenario.flows.map((other) => (other.name === flow ? { ...other, steps } : other));
  return { ...scenario, flows };
}

/** As few batches as a verdict needs; the run ends there, whatever is undecided. */
export function withOperations(scenario: Scenario, operations: number): Scenario {
  const batch = Math.max(1, Math.floor(operations / fewestBatches));
  const { load } = scenario;
  const smaller: Load = {
    ...load,
    operations: batch * fewestBatches,
    maxOperations: batch * fewestBatches,
    durationMs: undefined,
    maxDurationMs: undefined,
    batch,
    concurrency: Math.min(load.concurrency, batch),
    warmup: Math.min(load.warmup, batch),
    rampMs: 0,
  };
  return { ...scenario, load: smaller };
}

export function withConcurrency(scenario: Scenario, concurrency: number): Scenario {
  return { ...scenario, load: { ...scenario.load, concurrency } };
}

/** It need not see what is rare, only what fails. */
export function withoutPower({ criteria, ...scenario }: Scenario): Scenario {
  const asked = Object.entries(criteria).map(([id, rule]) => {
    if (rule.dropped) return [id, rule];
    const { detectPerOperation: _, used: __, ...rest } = rule;
    return [id, rest];
  });
  return { ...scenario, criteria: { ...criteria, ...Object.fromEntries(asked) } };
}
