import { Driver } from "../drive/driver.js";
import { markedEnv, targetEnv } from "../target/start.js";
import type { Endpoint } from "./fill.js";
import type { HoldBack } from "./hold-back.js";
import type { Journal } from "./journal.js";
import type { SoakOptions } from "./run.js";

export interface Driving {
  readonly options: SoakOptions;
  readonly journal: Pick<Journal, "operation">;
  readonly runId: string;
  readonly holdBack: Pick<HoldBack, "wait">;
}

/** What plays the clients of a run. @throws Problem where the target cannot be reached by what the scenario says. */
export function driverOf(
  { options, journal, runId, holdBack }: Driving,
  { spec, port, values }: Endpoint,
): Driver {
  const { scenario, clock, seed, pathAppend } = options;
  // What a session starts of the target's is followed like the target, by its marker.
  const env = markedEnv(targetEnv({ spec, port, pathAppend }), { runId });
  return new Driver({
    flows: scenario.flows,
    url: spec.url,
    tls: spec.tls,
    place: { env, cwd: spec.cwd },
    values,
    clock,
    seed,
    mayBegin: (signal) => holdBack.wait(signal),
    onOperation: (operation) => journal.operation(operation),
  });
}
