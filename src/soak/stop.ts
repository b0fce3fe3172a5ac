import type { Driver, Held } from "../drive/driver.js";
import type { Clock } from "../model/clock.js";
import type { StopLine } from "../model/record.js";
import type { Scenario } from "../model/scenario.js";
import type { Target } from "../target/target.js";
import type { Marks } from "./marks.js";

export interface Stopping {
  readonly target: Target;
  readonly driver: Pick<Driver, "hold" | "close">;
  readonly scenario: Scenario;
  readonly marks: Pick<Marks, "see" | "marked">;
  readonly clock: Clock;
  readonly dead: AbortSignal;
}

/** Stops the target, in the middle of open sessions where the scenario says so, and tells what survived. */
export async function stopTarget(stopping: Stopping): Promise<StopLine> {
  const { target, driver, scenario, clock, marks } = stopping;
  const held = await hold(stopping);
  // Of those that survive, once they are killed, nothing can be read.
  marks.see(target.members());
  const report = await target.stop({ signal: scenario.stop.signal, withinMs: scenario.stop.withinMs });
  await held?.release();
  await driver.close();
  return { type: "stop", atMs: clock.now(), ...report, survivors: marks.marked(report.survivors) };
}

async function hold({ driver, scenario, dead }: Stopping): Promise<Held | undefined> {
  const open = scenario.stop.whileOpen;
  if (!open || dead.aborted) return undefined;
  return driver.hold(open.flow, open.sessions, dead);
}
