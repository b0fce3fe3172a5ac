import { processKey } from "../model/resource.js";
import type { Settle } from "../model/scenario.js";
import type { Phase, Snapshot } from "../model/snapshot.js";
import type { Target } from "../target/target.js";
import type { Course } from "./course.js";
import { settle } from "./settle.js";
import { takeSnapshot } from "./snapshot.js";

/** Looks taken at the baseline and after the drain: one look cannot tell noise from level. */
const looksAtEnds = 3;
const betweenLooksMs = 50;
/** How much of the drain has gone by at the looks in its midst: what is given back slowly halves between them. */
const drainShares = [1 / 16, 1 / 8, 1 / 4, 1 / 2] as const;
/** In a shorter drain the looks would be most of what happens. */
const leastDrainMs = 400;

interface Moment {
  readonly phase: Phase;
  readonly batch: number;
  readonly quiet: boolean;
  readonly after?: number | undefined;
  readonly origins?: boolean | undefined;
}

/** The load goes on whatever is done here: nobody waits for quiet, so nothing is to be said of it. */
function isWatched({ scenario }: Course): boolean {
  return scenario.load.engine?.kind === "external";
}

/** Waits until the target is quiet, or has had its time; false when it is still moving. */
export async function quiet(course: Course, wanted: Settle = course.scenario.settle): Promise<boolean> {
  if (isWatched(course)) return true;
  const { target, clock, fate } = course;
  return settle({ settle: wanted, clock, signal: fate.dead, look: () => heldBy(target) });
}

/** @returns whether the target was quiet. */
export async function settledLook(course: Course, batch: number): Promise<boolean> {
  course.journal.enter("settle", batch);
  const isQuiet = await quiet(course);
  await look(course, { phase: "batch", batch, quiet: isQuiet });
  return isQuiet;
}

export async function looks(course: Course, phase: "baseline" | "drain", batch: number): Promise<void> {
  const isQuiet = await quiet(course);
  for (let i = 0; i < looksAtEnds && !course.fate.dead.aborted; i++) {
    if (i > 0) await course.clock.sleep(betweenLooksMs, course.fate.dead);
    const isLast = i === looksAtEnds - 1;
    await look(course, { phase, batch, quiet: isQuiet, origins: course.traced === true && isLast });
  }
}

/** The long settle after the last batch, with a few looks on the way, and those at its end. */
export async function drain(course: Course, last: Omit<Moment, "phase">): Promise<void> {
  const { journal, scenario, fate } = course;
  const sinceMs = course.clock.monotonic();
  journal.enter("drain", last.batch);
  if (isWatched(course)) return looks(course, "drain", last.batch);
  for (const share of scenario.drainMs >= leastDrainMs ? drainShares : []) {
    await until(course, sinceMs + share * scenario.drainMs);
    await look(course, { ...last, phase: "draining" });
  }
  await until(course, sinceMs + scenario.drainMs);
  if (!fate.dead.aborted) await looks(course, "drain", last.batch);
}

async function until({ clock, fate }: Course, dueMs: number): Promise<void> {
  const leftMs = dueMs - clock.monotonic();
  if (leftMs > 0) await clock.sleep(leftMs, fate.dead);
}

/** Undefined where the target is dead, or died meanwhile. */
export async function look(course: Course, { origins, ...moment }: Moment): Promise<Snapshot | undefined> {
  const { journal, fate } = course;
  if (fate.dead.aborted) return undefined;
  const looker = { ...course, signal: fate.dead, origins };
  const take = (): Promise<Snapshot> => takeSnapshot(looker, { ...moment, operations: journal.operations });
  const snapshot = await course.looking.run(take);
  if (fate.dead.aborted) return undefined;
  journal.snapshot(snapshot);
  return snapshot;
}

/** Which processes there are, in which state, with how many fds: cheap enough to ask 40 times a second. */
function heldBy(target: Target): string {
  const { processes } = target.sample({ fds: false, memory: false, sockets: false });
  return processes
    .map((entry) => `${processKey(entry)}${entry.state === "Z" ? "Z" : ""}:${entry.fdCount}`)
    .join(" ");
}
