import { join, resolve } from "node:path";
import { tmpdir } from "node:os";
import { checksOf } from "../doctor/checks.js";
import { measureLooks } from "../doctor/look-cost.js";
import { lookAtMachine } from "../doctor/look-machine.js";
import type { Diagnosis, LookCost, MachineFacts } from "../model/doctor.js";
import { exitCodes, Problem } from "../model/problem.js";
import { blockedOf, renderDoctor } from "../report/doctor-text.js";
import { inertJson } from "../report/inert.js";
import { paintOf } from "../report/paint.js";
import { runCgroupPath } from "../target/own-cgroup.js";
import { straced } from "../target/strace.js";
import { type Host, wantsColour } from "./host.js";
import { procRoot } from "./platform.js";

/** As commander leaves them. */
export interface DoctorWords {
  readonly reporter: string;
  readonly out: string;
  readonly cost: boolean;
}

/** Tests look at a machine of their own making. */
export type LookAt = (words: DoctorWords, host: Host) => Promise<Diagnosis>;

const widest = 100;

/** `watertight doctor`. @returns 3 where a criterion cannot be judged on this machine. */
export async function doctorCommand(
  words: DoctorWords,
  host: Host,
  lookAt: LookAt = diagnose,
): Promise<number> {
  const diagnosis = await lookAt(words, host);
  const blocked = blockedOf(diagnosis.checks);
  const exitCode = blocked.length === 0 ? exitCodes.pass : exitCodes.inconclusive;
  const width = Math.min(host.stdout.columns ?? widest, widest);
  const text =
    words.reporter === "json"
      ? inertJson(`${JSON.stringify({ format: 1, exitCode, blocked, ...diagnosis }, finite, 2)}\n`)
      : renderDoctor(diagnosis, { width, paint: paintOf(wantsColour(host, host.stdout)) });
  host.stdout.write(text);
  return exitCode;
}

/** JSON has no infinity. */
function finite(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? null : value;
}

async function diagnose({ out, cost }: DoctorWords, host: Host): Promise<Diagnosis> {
  const facts = await lookAtMachine({
    procRoot,
    env: host.env,
    platform: host.platform,
    reports: resolve(host.cwd(), out),
    cgroupFolder: host.platform === "linux" ? runCgroupPath(procRoot, `doctor-${process.pid}`) : undefined,
    straceProblem: await straceProblem(),
  });
  return { facts, checks: checksOf(facts), costs: cost && facts.proc.usable ? await costsHere(facts) : [] };
}

async function straceProblem(): Promise<MachineFacts["straceProblem"]> {
  try {
    await straced(["true"], join(tmpdir(), "unused"));
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { why: error.why ?? error.message, fix: error.fix ?? "install strace" };
  }
}

const sizes = [1, 10, 100];
const manyFds = 10_000;
/** The holder needs some of its own. */
const spareFds = 50;
const timeMs = 300;

/** Nothing, where helpers cannot be started: the gap that keeps them from it is told. */
async function costsHere({ openFiles }: MachineFacts): Promise<readonly LookCost[]> {
  const fds = Math.min(manyFds, (openFiles?.soft ?? manyFds) - spareFds);
  return measureLooks({ procRoot, sizes, manyFds: fds, timeMs }).catch(() => []);
}
