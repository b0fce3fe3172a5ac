import type { Clock } from "../model/clock.js";
import type { Gap } from "../model/reading.js";
import type { ProcessEntry } from "../model/resource.js";
import type { Probes } from "../model/scenario.js";
import { attachPrometheus } from "../probe/prometheus.js";
import type { Probe } from "../probe/probe.js";
import { attachStrace } from "../probe/strace.js";
import type { Target } from "../target/target.js";
import { attachWantedGo } from "./attach-go.js";
import { attachWantedThreads } from "./attach-threads.js";
import { commandProbe } from "./command-probes.js";
import { listenerOf } from "./listener.js";
import { NodeProbes } from "./node-probes.js";

export interface ProbeRequest {
  readonly target: Target;
  readonly wanted: Probes;
  readonly port: number;
  /** Path of the Unix socket that it is reached at, where it is. */
  readonly socket?: string | undefined;
  /** What the sessions use: where its pages are. */
  readonly url?: string | undefined;
  readonly clock: Clock;
  readonly procRoot: string;
  /** A second pass: have Node note where things are made. */
  readonly trace?: { readonly memory: boolean } | undefined;
  /** What strace writes, where the target was started under it. */
  readonly calls?: string | undefined;
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
  const { target, wanted, port, socket, clock } = request;
  const probes: Probe[] = [];
  const nodes = new NodeProbes({ ...request, into: probes });
  const listener = listenerOf(target, { port, socket });
  const gaps = await attachInside(request, { probes, nodes, listener });
  if (wanted.prometheus !== undefined) {
    const url = new URL(wanted.prometheus, pagesOf(request));
    probes.push(attachPrometheus({ url: url.href, named: wanted.metrics, clock }));
  }
  for (const command of wanted.commands ?? []) {
    probes.push(commandProbe(command, { target, port, listener, clock }));
  }
  probes.push(...attachWantedThreads(request, probes));
  if (request.calls !== undefined) probes.push(attachStrace({ ...request, file: request.calls }));
  const renew = wanted.node === "auto" ? () => nodes.renew() : () => Promise.resolve();
  return { probes, gaps, renew };
}

/** The host that the sessions use: a server may listen on IPv6 alone. */
function pagesOf({ url, port }: ProbeRequest): string {
  const own = url !== undefined && URL.canParse(url) ? new URL(url) : undefined;
  return own?.host ? `http://${own.hostname}:${port}` : `http://127.0.0.1:${port}`;
}

interface Inside {
  readonly probes: Probe[];
  readonly nodes: NodeProbes;
  readonly listener: () => ProcessEntry | undefined;
}

/** By the runtime: of a Go program it need not be said that it is not Node. */
async function attachInside(
  request: ProbeRequest,
  { probes, nodes, listener }: Inside,
): Promise<readonly Gap[]> {
  const { wanted } = request;
  const refused = wanted.node === "auto" ? await attachNodes(request, nodes, listener()) : [];
  const isNode = probes.length > 0;
  if (isNode && (wanted.go ?? "auto") === "auto") return refused;
  const go = await attachWantedGo(request);
  if (!go) return refused;
  if ("sample" in go) probes.push(go);
  const others = isNode ? refused : [];
  return "sample" in go ? others : [...others, go];
}

async function attachNodes(
  { port, socket }: ProbeRequest,
  nodes: NodeProbes,
  listener: ProcessEntry | undefined,
): Promise<readonly Gap[]> {
  if (listener) return nodes.attach(listener);
  return [
    {
      what: `the process that listens ${socket === undefined ? `on port ${port}` : `at ${socket}`}`,
      why: "not found in the target's tree",
    },
  ];
}
