import type { Clock } from "../model/clock.js";
import type { Phase, ProbeSample, Snapshot } from "../model/snapshot.js";
import type { Probe } from "../probe/probe.js";
import type { Target } from "../target/target.js";
import type { Marks } from "./marks.js";

export interface Moment {
  readonly phase: Phase;
  readonly batch: number;
  readonly operations: number;
  readonly quiet: boolean;
  /** In the tail, see Snapshot. */
  readonly after?: number | undefined;
}

export interface Looker {
  readonly target: Pick<Target, "sample">;
  readonly probes: readonly Probe[];
  readonly marks: Pick<Marks, "mark">;
  /** Has the probes look at who is there now; before each snapshot. */
  readonly renew?: (() => Promise<void>) | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Also where what is held was made. */
  readonly origins?: boolean | undefined;
  /** States of sockets at every look. */
  readonly sockets?: boolean | undefined;
}

/**
 * Everything held now. Probes that are attached look first, because a forced collection can close
 * what only the collector knew to be garbage; then /proc is read; then come those that connect anew.
 */
export async function takeSnapshot(looker: Looker, moment: Moment): Promise<Snapshot> {
  await looker.renew?.();
  const attached = await sampleProbes(looker, ({ connects }) => !connects);
  // The kernel's socket tables grow with every connection of the last minute: read where states are evidence.
  const sockets = looker.sockets ?? (moment.phase !== "batch" && moment.phase !== "draining");
  const tree = looker.target.sample({ fds: true, memory: true, sockets });
  const atMs = looker.clock.now();
  const processes = looker.marks.mark(tree.processes);
  const visiting = await sampleProbes(looker, ({ connects }) => connects);
  const probes = [...attached, ...visiting];
  return { ...moment, atMs, processes, probes, gaps: tree.gaps };
}

async function sampleProbes(
  { probes, signal, origins }: Looker,
  wanted: (probe: Probe) => boolean,
): Promise<ProbeSample[]> {
  const samples: ProbeSample[] = [];
  // One after the other: the socket of one must not be counted by another.
  for (const probe of probes.filter(wanted))
    samples.push(await probe.sample({ collect: true, origins, signal }));
  return samples;
}
