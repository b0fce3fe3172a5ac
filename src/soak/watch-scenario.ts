import type { Probes, Scenario } from "../model/scenario.js";
import { criteriaOf } from "../scenario/normalise-criteria.js";

export interface WatchPlan {
  readonly name: string;
  readonly forMs: number;
  /** Whole seconds from one look to the next. */
  readonly everySeconds: number;
  readonly probes: Probes;
}

/** An operation is a second that went by, so that a rate for each is one for each second. */
const secondsPerHour = 3600;

/** What a watch comes to as a scenario: nothing is started, driven or stopped, and the criteria are the usual ones. */
export function watchScenario({ name, forMs, everySeconds, probes }: WatchPlan): Scenario {
  return {
    name,
    about: "a process that ran already, watched without a load of watertight's",
    path: name,
    target: {
      command: [],
      cwd: undefined,
      env: {},
      ready: { how: { kind: "port" }, withinMs: 0 },
      limits: { fds: undefined, processes: undefined, memoryBytes: undefined },
      url: "",
    },
    flows: [],
    load: {
      operations: undefined,
      durationMs: forMs,
      batch: everySeconds,
      concurrency: 1,
      rampMs: 0,
      warmup: 0,
      maxFailed: 0,
    },
    settle: { quietMs: 0, withinMs: 0 },
    drainMs: 0,
    stop: { signal: "SIGTERM", withinMs: 0, whileOpen: undefined },
    production: { sessionsPerHour: secondsPerHour },
    criteria: criteriaOf({ criteria: {}, detect: undefined }),
    probes,
  };
}
