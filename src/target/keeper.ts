/**
 * The keeper: a process of its own that outlives the tool. It sleeps until its stdin ends. If the tool said `done`
 * before, all is well; if not, the tool was killed, and the keeper ends the target in its place.
 */
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { valueOf } from "../model/reading.js";
import { readStat } from "../proc/stat.js";
import { openCgroup } from "./cgroup.js";
import { Family } from "./family.js";
import { type KeeperLine, parseKeeperLine } from "./keeper-line.js";
import { killAll } from "./kill.js";

type Guard = Extract<KeeperLine, { type: "guard" }>;

const killWithinMs = 5000;
/** After so many new members those that ended are forgotten, for a run of days must not grow the keeper. */
const forgetEvery = 1024;
/** A child of the tool that was being forked when the tool died carries the marker only after its exec. */
const lateStartMs = 200;

interface Charge {
  readonly guard: Guard;
  readonly family: Family;
  told: number;
}

// A terminal's Ctrl-C and a supervisor's SIGTERM are for the tool; the keeper ends when the tool has.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const) process.on(signal, () => undefined);
process.stdout.end("up\n");
await keep();
// Handlers of signals do not hold a process, but nothing is to hold this one.
process.exit(0);

async function keep(): Promise<void> {
  let charge: Charge | undefined;
  for await (const text of createInterface({ input: process.stdin })) {
    const line = parseKeeperLine(text);
    if (line?.type === "done") return;
    if (line?.type === "guard") charge = takeCharge(line);
    if (line?.type === "member" && charge) learn(charge, line);
  }
  if (charge) await endAll(charge);
}

function takeCharge(guard: Guard): Charge {
  const { procRoot, marker, toolPid } = guard;
  const cgroup = guard.cgroup === undefined ? undefined : openCgroup(guard.cgroup);
  // The keeper was started before the target.
  const sinceTicks = valueOf(readStat(procRoot, process.pid))?.startTicks ?? Number.POSITIVE_INFINITY;
  const outsiders = [process.pid, toolPid];
  return { guard, family: new Family({ procRoot, marker, cgroup, sinceTicks, outsiders }), told: 0 };
}

function learn(charge: Charge, member: Extract<KeeperLine, { type: "member" }>): void {
  charge.family.adopt(member);
  charge.told += 1;
  if (charge.told % forgetEvery === 0) charge.family.members();
}

async function endAll({ guard, family }: Charge): Promise<void> {
  const cgroup = guard.cgroup === undefined ? undefined : openCgroup(guard.cgroup);
  const kill = { family, cgroup, withinMs: killWithinMs };
  await killAll(kill);
  await sleep(lateStartMs);
  await killAll(kill);
  cgroup?.remove();
  for (const folder of guard.tempDirs) rmSync(folder, { recursive: true, force: true });
}
