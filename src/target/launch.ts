import { brokeProblem, exitCodes, messageOf, Problem } from "../model/problem.js";
import type { Ready } from "../model/scenario.js";
import { formatBytes } from "../model/units.js";
import { sampleTree } from "../proc/entry.js";
import { abandon, end, type Running } from "./end.js";
import { glanceAt } from "./glance.js";
import { type GuardOptions, type Guarded, guard, unguard } from "./guard.js";
import { takenAt, tryConnect } from "./port.js";
import { untilReady } from "./ready.js";
import { type RunOptions, run } from "./run.js";
import { targetEnv } from "./start.js";
import type { StopReport, Target } from "./target.js";
import { usageOf } from "./usage.js";

export type { ExitInfo, Target } from "./target.js";

export interface LaunchOptions extends RunOptions, Omit<GuardOptions, "spec"> {
  /** Gives up waiting for the target to be ready. */
  readonly signal?: AbortSignal;
  /** Told, at every look, why the target is not ready yet. */
  readonly onWait?: (reason: string) => void;
}

/**
 * Starts the target and waits until it is ready.
 * Rejects with a Problem (exit 4, or 130 when interrupted) and leaves no process behind.
 */
export async function launch(options: LaunchOptions): Promise<Target> {
  if (options.signal?.aborted)
    throw new Problem({ what: "interrupted before the target was started" }, exitCodes.interrupted);
  await checkPort(options.port);
  await checkSocket(options.spec.ready);
  const guarded = await guard(options);
  const running = await runGuarded(options, guarded);
  try {
    await waitUntilReady(options, running);
  } catch (error) {
    await abandon(running);
    throw error;
  }
  return targetOf(running, guarded.memoryLimitBytes);
}

async function checkPort(port: number): Promise<void> {
  const taken = port === 0 ? undefined : await takenAt(port);
  if (taken === undefined) return;
  throw brokeProblem({
    what: `port ${port} is taken`,
    why: `something listens on ${taken} already, and would be measured in the target's place`,
    fix: `end it, or use another port (ss -ltnp 'sport = :${port}' shows who it is)`,
  });
}

async function checkSocket({ how }: Ready): Promise<void> {
  if (how.kind !== "socket" || (await tryConnect({ path: how.path })) !== undefined) return;
  throw brokeProblem({
    what: `the socket ${how.path} is taken`,
    why: "something listens there already, and would be measured in the target's place",
    fix: "end it, or use {socket}, a path that is new in each run",
  });
}

async function runGuarded(options: LaunchOptions, guarded: Guarded): Promise<Running> {
  try {
    return await run(options, guarded);
  } catch (error) {
    await unguard(guarded);
    if (error instanceof Problem) throw error;
    const fix = "run the command by hand in the same folder";
    throw brokeProblem(
      { what: `cannot start the target: ${options.words.join(" ")}`, why: messageOf(error), fix },
      error,
    );
  }
}

async function waitUntilReady(options: LaunchOptions, running: Running): Promise<void> {
  const { port, spec, clock, signal } = options;
  const { logs, lead, family, keeper, procRoot } = running;
  await untilReady({
    ready: spec.ready,
    port,
    url: spec.url,
    tls: spec.tls,
    onWait: options.onWait,
    logs,
    exited: lead.exited,
    leftBehind: () => lead.commandExit && family.running().map(({ pid, name }) => `pid ${pid} (${name})`),
    clock,
    signal,
    cwd: spec.cwd,
    env: targetEnv(options),
    // Each look may catch a process in the middle of leaving its parents.
    onPoll: () => void family.members(),
    onCommand: (pid) => keeper.watch(procRoot, pid),
  });
  await lead.ready();
}

function targetOf(running: Running, memoryLimitBytes: number | undefined): Target {
  const { lead, family, keeper, procRoot } = running;
  let exceeded: string | undefined;
  let stopping: Promise<StopReport> | undefined;
  return {
    get pid() {
      return lead.identity.pid;
    },
    get startTicks() {
      return lead.identity.startTicks;
    },
    follow: running.cgroup ? "cgroup" : "marker",
    logs: running.logs,
    exited: lead.exited,
    get alive() {
      return lead.alive;
    },
    members: () => family.members(),
    sweep: () => family.sweep(),
    sample: (detail) => {
      const isWhole = detail.fds || detail.memory;
      const sample = sampleTree(procRoot, isWhole ? family.sweep() : family.members(), detail);
      // A member that is hidden is missing without a word.
      return isWhole ? { ...sample, gaps: [...sample.gaps, ...family.gaps()] } : sample;
    },
    glance: () => glanceAt(procRoot, family.glance()),
    usage: async () => {
      const usage = await usageOf(procRoot, family.members());
      exceeded ??= passed(usage.rssBytes, memoryLimitBytes);
      return usage;
    },
    exceeded: () => exceeded,
    guard: (pid) => keeper.watch(procRoot, pid),
    stop: (stop) => (stopping ??= end(running, stop)),
  };
}

function passed(rssBytes: number | undefined, limitBytes: number | undefined): string | undefined {
  if (rssBytes === undefined || limitBytes === undefined || rssBytes <= limitBytes) return undefined;
  return `the target's processes hold ${formatBytes(rssBytes)} of memory, above their limit of ${formatBytes(limitBytes)}`;
}
