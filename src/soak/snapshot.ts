import type { Clock } from "../model/clock.js";
import type { Phase, ProbeSample, Snapshot } from "../model/snapshot.js";
import type { Probe } from "../probe/probe.js";
import type { Target } from "../target/target.js";

export interface Moment {
  readonly phase: Phase;
  readonly batch: number;
  readonly operations: number;
  readonly quiet: boolean;
}

export interface Looker {
  readonly target: Target;
  readonly probes: readonly Probe[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Everything held now. The probes look first, because a forced collection can close
 * what only the collector knew to be garbage; /proc is read after it.
 */
export async function takeSnapshot(looker: Looker, moment: Moment): Promise<Snapshot> {
  const probes = await sampleProbes(looker);
  // The kernel's socket tables grow with every connection of the last minute: read where states are evidence.
  const sockets = moment.phase !== "batch";
  const tree = looker.target.sample({ fds: true, memory: true, sockets });
  return {
    ...moment,
    atMs: looker.clock.now(),
    processes: tree.processes,
    probes,
    gaps: tree.gaps,
  };
}

async function sampleProbes({ probes, signal }: Looker): Promise<ProbeSample[]> {
  const samples: ProbeSample[] = [];
  // One after the other: the socket of one must not be counted by another.
  for (const probe of probes) samples.push(await probe.sample({ collect: true, signal }));
  return samples;
}
