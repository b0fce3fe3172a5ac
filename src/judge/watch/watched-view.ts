import type { RunView } from "../run-view.js";
import { residentsOf } from "./residents.js";

/** A run under a load that nobody paced: every look after the baseline is one in the midst of it. */
export interface WatchedView extends RunView {
  /** Those of the end included; the drain is empty, since nothing drained. */
  readonly batches: RunView["batches"];
  readonly unit: "seconds" | "operations";
  /** Of that unit, from the last look of the baseline to the last look. */
  readonly span: number;
  readonly spanMs: number;
}

const known = new WeakMap<RunView, WatchedView>();

export function watchedView(view: RunView): WatchedView {
  const seen = known.get(view) ?? made(view);
  known.set(view, seen);
  return seen;
}

function made(view: RunView): WatchedView {
  const batches = [...view.batches, ...view.drain];
  const [first, last] = [view.baseline.at(-1), batches.at(-1)];
  const isWatched = first !== undefined && last !== undefined;
  return {
    ...view,
    batches,
    oldHands: residentsOf(view, batches),
    drain: [],
    draining: [],
    unit: view.record.run.watched?.unit ?? "seconds",
    span: isWatched ? last.operations - first.operations : 0,
    spanMs: isWatched ? last.atMs - first.atMs : 0,
  };
}
