import type { Clock } from "../model/clock.js";
import type { Gap } from "../model/reading.js";
import type { ProcessEntry, ProcessIdentity } from "../model/resource.js";
import { isZombie } from "../model/resource.js";
import type { StopSpec } from "../model/scenario.js";
import { sampleTree } from "../proc/entry.js";
import { hasExited } from "../proc/stat.js";
import type { Cgroup } from "./cgroup.js";
import type { Family } from "./family.js";
import type { KeeperLink } from "./keeper-link.js";
import { killAll } from "./kill.js";
import { lastOutput } from "./last-output.js";
import type { Lead } from "./lead.js";
import type { LogSink } from "./logs.js";
import type { StopReport } from "./target.js";

/** Everything that a started target consists of. */
export interface Running {
  readonly lead: Lead;
  readonly family: Family;
  readonly cgroup: Cgroup | undefined;
  readonly keeper: KeeperLink;
  readonly logs: LogSink;
  readonly clock: Clock;
  readonly procRoot: string;
}

const lookEveryMs = 25;
/** A look can miss a child whose parent ended while the list was read. */
const emptyLooks = 3;
const killWithinMs = 5000;
/** The kernel and Node need a moment after the last process has ended. */
const aftermathMs = 1000;

/** The signal and its grace, the list of who survived it, the kill, and the cleaning up. Never rejects. */
export async function end(
  running: Running,
  stop: Pick<StopSpec, "signal" | "withinMs">,
): Promise<StopReport> {
  const { lead, clock, family } = running;
  const beganMs = clock.now();
  // Orphans to be must be known before their parents go.
  family.sweep();
  lead.kill(stop.signal);
  const goneMs = await untilGone(running, beganMs + stop.withinMs);
  const left = goneMs === undefined ? survivorsOf(running) : { survivors: [], gaps: [] };
  const unkillable = goneMs === undefined ? await kill(running) : [];
  const tookMs = (goneMs ?? clock.now()) - beganMs;
  const exit = await exitOf(running);
  const gaps = [...left.gaps, ...(await release(running))];
  const graceful = left.survivors.length === 0;
  return { tookMs, graceful, ...exit, survivors: left.survivors, unkillable, gaps };
}

/** Kills at once: for a target that never became ready. */
export async function abandon(running: Running): Promise<void> {
  await kill(running);
  await release(running);
}

/** When the last member was seen gone; undefined where some were not by the given time. */
async function untilGone({ clock, family }: Running, byMs: number): Promise<number | undefined> {
  let goneMs: number | undefined;
  let empty = 0;
  for (;;) {
    const runs = family.members().some((member) => !hasExited(member)) || family.running().length > 0;
    empty = runs ? 0 : empty + 1;
    goneMs = runs ? undefined : (goneMs ?? clock.now());
    if (empty === emptyLooks) return goneMs;
    // Once nothing is seen the confirming looks are made even when they end a little late.
    if (runs && clock.now() >= byMs) return undefined;
    await clock.sleep(lookEveryMs);
  }
}

/** Who is alive now, with their command lines, before they are killed. */
function survivorsOf({ family, procRoot }: Running): { survivors: ProcessEntry[]; gaps: readonly Gap[] } {
  const sample = sampleTree(procRoot, family.running(), { fds: false, memory: false, sockets: false });
  const survivors = sample.processes.filter((entry) => !isZombie(entry));
  return { survivors, gaps: sample.gaps };
}

async function kill({ family, cgroup }: Running): Promise<ProcessIdentity[]> {
  const left = await killAll({ family, cgroup, withinMs: killWithinMs });
  return left.map(({ pid, startTicks }) => ({ pid, startTicks }));
}

/** Node reports an exit a little after /proc shows it; a main process that cannot be killed has none. */
async function exitOf({ lead, clock }: Running): Promise<Pick<StopReport, "exitCode" | "signal">> {
  const exit = await Promise.race([lead.exited, clock.sleep(aftermathMs)]);
  return { exitCode: exit?.code ?? null, signal: exit?.signal ?? null };
}

/** Gives back what the tool held for the target. Returns what could not be given back, or not seen. */
async function release({ lead, family, cgroup, keeper, logs, clock }: Running): Promise<Gap[]> {
  lead.close();
  await lastOutput(logs, clock);
  logs.close();
  const removed = await removeCgroup(cgroup, clock);
  await Promise.race([keeper.dismiss(), clock.sleep(aftermathMs)]);
  const notes = logs.notes.map((note) => ({ what: "the target's output", why: note }));
  return [...family.gaps(), ...notes, ...(removed ? [] : [{ what: String(cgroup?.path), why: "EBUSY" }])];
}

async function removeCgroup(cgroup: Cgroup | undefined, clock: Clock): Promise<boolean> {
  if (!cgroup) return true;
  for (let waitedMs = 0; waitedMs < aftermathMs; waitedMs += lookEveryMs) {
    if (cgroup.remove()) return true;
    await clock.sleep(lookEveryMs);
  }
  return cgroup.remove();
}
