import type { Clock } from "../model/clock.js";
import type { Gap } from "../model/reading.js";
import type { Probes } from "../model/scenario.js";
import { attachPrometheus } from "../probe/prometheus.js";
import type { Probe } from "../probe/probe.js";
import type { Target } from "../target/target.js";
import { commandProbe } from "./command-probes.js";
import { listenerOf } from "./listener.js";
import { NodeProbes } from "./node-probes.js";

export interface ProbeRequest {
  readonly target: Target;
  readonly wanted: Probes;
  readonly port: number;
  readonly clock: Clock;
  readonly procRoot: string;
}

export interface Attached {
  /** Those of now: when a worker is restarted, the look into it is another one. */
  readonly probes: readonly Probe[];
  readonly gaps: readonly Gap[];
  /** Has the probes look at who is there now. */
  readonly renew: () => Promise<void>;
}

/** Attaches what the scenario asks for. A probe that cannot attach is a gap, not the end of the run. */
export async function attachProbes(request: ProbeRequest): Promise<Attached> {
  const { target, wanted, port, clock } = request;
  const probes: Probe[] = [];
  const gaps: Gap[] = [];
  const listener = listenerOf(target, port);
  const nodes = new NodeProbes({ ...request, into: probes });
  if (wanted.node === "auto") {
    const found = listener();
    if (found) gaps.push(...(await nodes.attach(found)));
    else
      gaps.push({ what: `the process that listens on port ${port}`, why: "not found in the target's tree" });
  }
  if (wanted.prometheus !== undefined) {
    const url = new URL(wanted.prometheus, `http://127.0.0.1:${port}`);
    probes.push(attachPrometheus({ url: url.href, named: wanted.metrics, clock }));
  }
  for (const command of wanted.commands ?? []) {
    probes.push(commandProbe(command, { target, port, listener, clock }));
  }
  const renew = wanted.node === "auto" ? () => nodes.renew() : () => Promise.resolve();
  return { probes, gaps, renew };
}
