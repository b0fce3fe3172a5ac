import type { Clock } from "../model/clock.js";
import { type Gap, valueOf } from "../model/reading.js";
import type { ProcessEntry } from "../model/resource.js";
import type { Probes } from "../model/scenario.js";
import { attachNode } from "../probe/node-inspector.js";
import { attachPrometheus } from "../probe/prometheus.js";
import type { Probe } from "../probe/probe.js";
import { readExecutable } from "../proc/exe.js";
import { catchesSignal, readStatus } from "../proc/status.js";
import type { Target } from "../target/target.js";
import { attachWantedGo } from "./attach-go.js";
import { attachWantedThreads } from "./attach-threads.js";

/** Number of SIGUSR1 on every Linux that Node supports (signal(7)). */
const sigusr1 = 10;

export interface ProbeRequest {
  readonly target: Target;
  readonly wanted: Probes;
  readonly port: number;
  readonly clock: Clock;
  readonly procRoot: string;
}

export interface Attached {
  readonly probes: readonly Probe[];
  readonly gaps: readonly Gap[];
}

/** Attaches what the scenario asks for. A probe that cannot attach is a gap, not the end of the run. */
export async function attachProbes(request: ProbeRequest): Promise<Attached> {
  const [probes, gaps] = apart(await attachInside(request));
  if (request.wanted.prometheus !== undefined) {
    const url = new URL(request.wanted.prometheus, `http://127.0.0.1:${request.port}`);
    probes.push(attachPrometheus({ url: url.href, clock: request.clock }));
  }
  probes.push(...attachWantedThreads(request, probes));
  return { probes, gaps };
}

/** By the runtime: of a Go program it need not be said that it is not Node. */
async function attachInside(request: ProbeRequest): Promise<(Probe | Gap)[]> {
  const node = request.wanted.node === "auto" ? await attachToListener(request) : undefined;
  if (node && "sample" in node && (request.wanted.go ?? "auto") === "auto") return [node];
  const go = await attachWantedGo(request);
  const seen = go && node && "why" in node ? [go] : [node, go];
  return seen.filter((outcome) => outcome !== undefined);
}

function apart(outcomes: readonly (Probe | Gap)[]): [Probe[], Gap[]] {
  return [outcomes.filter((one) => "sample" in one), outcomes.filter((one) => "why" in one)];
}

/** The process to look into is the one that holds the listener: a launcher before it stays flat while it leaks. */
async function attachToListener(request: ProbeRequest): Promise<Probe | Gap> {
  const { target, port, procRoot, clock } = request;
  const listener = listening(target).find((entry) => ports(entry).includes(port));
  if (!listener)
    return { what: `the process that listens on port ${port}`, why: "not found in the target's tree" };
  const { pid } = listener;
  const executable = valueOf(readExecutable(procRoot, pid));
  const status = valueOf(readStatus(procRoot, pid));
  if (executable === undefined || status === undefined)
    return { what: `/proc/${pid}/exe`, why: "not readable", pid };
  const listeners = portsOf(target, pid);
  return attachNode({ pid, executable, catchesSigusr1: catchesSignal(status, sigusr1), listeners, clock });
}

/** The ports that a process listens on, asked often: the socket tables are read only when its fds have changed. */
function portsOf(target: Target, pid: number): () => Promise<readonly number[]> {
  let seen = "";
  let known: readonly number[] = [];
  return async () => {
    const sample = target.sample({ fds: true, memory: false, sockets: false });
    const held = sample.processes.find((entry) => entry.pid === pid)?.fds ?? [];
    const now = held.map((fd) => fd.target).join();
    if (now !== seen)
      known = listening(target)
        .filter((entry) => entry.pid === pid)
        .flatMap(ports);
    seen = now;
    return known;
  };
}

function listening(target: Target): readonly ProcessEntry[] {
  return target.sample({ fds: true, memory: false, sockets: true }).processes;
}

function ports(entry: ProcessEntry): number[] {
  const sockets = (entry.fds ?? []).map((fd) => fd.socket).filter((socket) => socket?.state === "LISTEN");
  return sockets.map((socket) => Number(socket?.local.split(":").at(-1)));
}
