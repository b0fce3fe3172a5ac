import { brokeProblem, type Problem, usageProblem } from "../model/problem.js";
import { valueOf } from "../model/reading.js";
import type { Limits, Scenario } from "../model/scenario.js";
import { readCmdline } from "../proc/cmdline.js";
import { type AttachedTarget, attach } from "../target/attach.js";
import { type Attachment, attachmentText } from "../target/attachment.js";
import { type Endpoint, type Filling, fillTarget } from "./fill.js";
import { listenersOf } from "./listeners.js";
import type { SoakOptions } from "./run.js";

/** A target that runs already, and how it is reached. */
export interface Attached {
  readonly target: AttachedTarget;
  readonly endpoint: Endpoint;
  /** As it was named: `pid:12`, `port:80`. */
  readonly named: string;
}

const noLimits: Limits = { fds: undefined, processes: undefined, memoryBytes: undefined };

/** The scenario for a target that is neither started nor stopped, and that gets a signal only where that is allowed. */
export function attachedScenario(scenario: Scenario, { allowSignals }: { allowSignals: boolean }): Scenario {
  const { target, probes, stop } = scenario;
  return {
    ...scenario,
    target: { ...target, command: [], cwd: undefined, env: {}, limits: noLimits },
    stop: { ...stop, whileOpen: undefined },
    probes: allowSignals ? probes : { ...probes, node: "off" },
  };
}

type AttachedOptions = Filling & Pick<SoakOptions, "clock" | "procRoot">;

/** @throws Problem exit 4: it is not there; exit 2: it cannot be watched, or has several ports to choose from. */
export async function attachTo(to: Attachment, options: AttachedOptions): Promise<Attached> {
  const { clock, procRoot, scenario } = options;
  const helpers = (scenario.probes.commands ?? []).length > 0;
  const target = await attach({ to, clock, procRoot, self: process.pid, helpers });
  try {
    const port = to.kind === "port" ? to.port : portOf(target, options);
    const words = valueOf(readCmdline(procRoot, target.pid)) ?? [];
    return { target, named: attachmentText(to), endpoint: { ...fillTarget(options, port), words } };
  } catch (error) {
    await release(target);
    throw error;
  }
}

/** Lets go of it: nothing is sent to it. */
export async function release(target: AttachedTarget): Promise<void> {
  await target.stop({ signal: "SIGTERM", withinMs: 0 });
}

/** What a reader must know of a run whose target is not the tool's own. */
export function attachedNote({ named }: Pick<Attached, "named">, { probes }: Scenario): string {
  const unsignalled =
    probes.node === "off" ? "; no signal is sent to it, so there is no look inside Node" : "";
  return `attached to ${named}, which ran already: its output, its limits and its stop are not watertight's${unsignalled}`;
}

/** Of the tree; 0 where it has none and the scenario needs none. */
function portOf(target: AttachedTarget, { scenario }: AttachedOptions): number {
  const ports = [...new Set(listenersOf(target).map(({ port }) => port))].sort((a, b) => a - b);
  const [first = 0, ...others] = ports;
  if (!needsPort(scenario)) return first;
  if (first === 0) throw noPort(target.pid);
  if (others.length > 0) throw severalPorts(target.pid, ports);
  return first;
}

function needsPort({ target, flows, probes }: Scenario): boolean {
  return JSON.stringify([target.url, flows, probes]).includes("{port}") || probes.prometheus !== undefined;
}

function noPort(pid: number): Problem {
  return brokeProblem({
    what: `process ${pid} and those below it listen on no TCP port that can be seen`,
    why: "the scenario needs one for {port}; whose fds are not readable, his ports are not seen",
    fix: "name the port with --attach port:N, or write it into target.url",
  });
}

function severalPorts(pid: number, ports: readonly number[]): Problem {
  return usageProblem({
    what: `process ${pid} listens on several ports: ${ports.join(", ")}`,
    why: "the scenario's {port} stands for one",
    fix: `name it: --attach port:${ports[0]}`,
  });
}
