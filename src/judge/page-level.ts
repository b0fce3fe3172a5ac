import type { Snapshot } from "../model/snapshot.js";
import type { LevelSlot } from "./level-slots.js";
import type { RunView } from "./run-view.js";
import type { Part } from "./teller.js";

/** What a look tells that belongs to no process: a metrics page, or a program that was given no pid. */
export function pageLevel(view: RunView, probe: string, part: Part): LevelSlot {
  const told = ({ probes }: Snapshot): number[] =>
    probes.flatMap((sample) => {
      const value = sample.probe === probe ? part(sample) : undefined;
      return value !== undefined && Number.isFinite(value) ? value : [];
    });
  const startedAtMs = view.baseline.at(-1)?.atMs ?? 0;
  return {
    of: "the whole tree",
    restarts: [],
    baseline: view.baseline.flatMap(told),
    points: view.batches.flatMap((look) =>
      told(look).map((value) => ({ operations: look.operations, atMs: look.atMs - startedAtMs, value })),
    ),
    drain: view.drain.flatMap(told),
  };
}
