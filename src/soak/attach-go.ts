import { type Gap, valueOf } from "../model/reading.js";
import { findPprof, pprofPlace } from "../probe/find-pprof.js";
import { attachGo } from "../probe/go-pprof.js";
import type { Probe } from "../probe/probe.js";
import { readIsGo } from "../proc/go-binary.js";
import { readStat } from "../proc/stat.js";
import { type Listener, listenersOf } from "./listeners.js";
import type { ProbeRequest } from "./probes.js";

/**
 * The look into a Go program as the scenario asks for it. Undefined where none is wanted, or where none of the
 * processes that listen is a Go program: only those are asked without being named.
 */
export async function attachWantedGo(request: ProbeRequest): Promise<Probe | Gap | undefined> {
  const { go = "auto" } = request.wanted;
  if (go === "off") return undefined;
  if (go === "auto") return searchGo(request);
  const place = pprofPlace(go, request.port);
  if ("refused" in place) return { what: `pprof at ${go}`, why: place.refused };
  return attachAt(request, place.endpoint);
}

async function searchGo(request: ProbeRequest): Promise<Probe | Gap | undefined> {
  const { target, procRoot, port, clock } = request;
  const all = listenersOf(target);
  const front = all.find((listener) => listener.port === port)?.pid;
  const pids = [...new Set(all.map(({ pid }) => pid))].sort(
    (a, b) => Number(b === front) - Number(a === front),
  );
  const inGo = pids.filter((pid) => valueOf(readIsGo(procRoot, pid)) === true);
  if (inGo[0] === undefined) return undefined;
  const asked = inGo.flatMap((pid) => all.filter((listener) => listener.pid === pid && listener.host));
  const origins = [...new Set(asked.map(({ host, port }) => `http://${host}:${port}`))];
  const endpoint = await findPprof(origins, clock);
  if (endpoint !== undefined) return attachAt(request, endpoint);
  return { what: `pprof of the Go program ${inGo[0]}`, why: notServed(asked), pid: inGo[0] };
}

function notServed(asked: readonly Listener[]): string {
  const ports = [...new Set(asked.map(({ port }) => port))].sort((a, b) => a - b).join(", ");
  return `not at /debug/pprof/ on its ports (${ports}); to fix it: import net/http/pprof there, or say where it is with probes.go`;
}

function attachAt(request: ProbeRequest, endpoint: string): Promise<Probe | Gap> {
  const { clock } = request;
  return attachGo({ endpoint, owner: ownerOf(request, Number(new URL(endpoint).port) || 80), clock });
}

/**
 * Who listens on a port, asked often: the socket tables are read only when the one who did has ended. Undefined where
 * nobody in the tree does, and where several do: the answers are any one's then.
 */
function ownerOf({ target, procRoot }: ProbeRequest, port: number): () => number | undefined {
  let known: Listener | undefined;
  return () => {
    const stat = known && valueOf(readStat(procRoot, known.pid));
    if (known && stat?.startTicks === known.startTicks && stat.state !== "Z") return known.pid;
    const holders = listenersOf(target).filter((listener) => listener.port === port);
    const pids = new Set(holders.map(({ pid }) => pid));
    known = pids.size === 1 ? holders[0] : undefined;
    return known?.pid;
  };
}
