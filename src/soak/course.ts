import type { Driver } from "../drive/driver.js";
import type { Assessment } from "../judge/assess.js";
import type { Clock } from "../model/clock.js";
import type { Scenario } from "../model/scenario.js";
import type { CriterionId } from "../model/verdict.js";
import type { Probe } from "../probe/probe.js";
import type { Target } from "../target/target.js";
import type { Fate } from "./fate.js";
import type { ForeignLoad } from "./foreign-load.js";
import type { Journal } from "./journal.js";
import type { HoldBack } from "./hold-back.js";
import type { Marks } from "./marks.js";
import type { OneAtATime } from "./one-at-a-time.js";

/** What the phases of one run share. */
export interface Course {
  readonly scenario: Scenario;
  readonly target: Target;
  readonly driver: Pick<Driver, "runBatch" | "runAlone">;
  /** Absent = nobody can pause it. */
  readonly holdBack?: Pick<HoldBack, "wait" | "heldMs"> | undefined;
  /** Two looks at once would see each other. */
  readonly looking: OneAtATime;
  /** Makes the load in place of the driver. */
  readonly engine?: ForeignLoad | undefined;
  readonly probes: readonly Probe[];
  readonly marks: Pick<Marks, "mark">;
  readonly renew?: (() => Promise<void>) | undefined;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly fate: Fate;
  /** The probes are to say where what is held was made, at the baseline and after the drain. */
  readonly traced?: boolean | undefined;
  /** In a second pass: what operations that run alone are to be looked at for, in the time that the load has left. */
  readonly sought?: readonly CriterionId[] | undefined;
  /** Judges everything recorded so far. `drained`: the last thing that was done is a drain. */
  readonly assess: (options: { readonly drained: boolean }) => Assessment;
  /** Names of the flows that may leak, by everything recorded so far; empty = any of them. */
  readonly suspects: () => readonly string[];
}
