import { formatNumber } from "../../model/units.js";
import type { Paint } from "../paint.js";
import { textWidth } from "../text-width.js";
import { fitted, type Part } from "./parts.js";
import type { LiveState } from "./state.js";

const bar = { done: "█", open: "░", least: 8, most: 40 } as const;
const gap = 2;

/** How much of the load is done: a bar, operations, failures, and the rate. */
export function loadLine(state: LiveState, room: number, paint: Paint): string {
  const share = shareOf(state);
  const parts = partsOf(state);
  if (share === undefined || parts.length === 0) return fitted(parts, room);
  // The bar gives way to the rate, but not to the count.
  const text = fitted(parts, Math.max(room - bar.least - gap, textWidth(parts[0]?.text ?? "")));
  const width = Math.min(bar.most, Math.floor(room / 2), room - textWidth(text) - gap);
  const told =
    state.progress.failed > 0 ? text.replace(failedOf(state), (failed) => paint.like("fail", failed)) : text;
  return width < bar.least ? told : `${barOf(share, width, paint)}${" ".repeat(gap)}${told}`;
}

function barOf(share: number, width: number, paint: Paint): string {
  const done = Math.round(Math.min(1, share) * width);
  return `${paint.like("pass", bar.done.repeat(done))}${paint.faint(bar.open.repeat(width - done))}`;
}

function shareOf({ progress, elapsedMs, kind }: LiveState): number | undefined {
  const { operations, totalOperations, etaMs, phase, batch, batches } = progress;
  if (kind === "watch" && batches) return batch / batches;
  if (phase === "start" || phase === "warm-up" || phase === "baseline") return 0;
  if (totalOperations) return operations / totalOperations;
  return etaMs === undefined ? undefined : elapsedMs / Math.max(1, elapsedMs + etaMs);
}

function partsOf(state: LiveState): Part[] {
  const { operations, totalOperations, failed, perSecond } = state.progress;
  if (state.kind === "watch") return [];
  const of = totalOperations === undefined ? "" : ` of ${totalOperations}`;
  const parts: readonly (Part | undefined)[] = [
    { text: `${operations}${of} ops`, rank: 0 },
    { text: failedOf(state), rank: failed > 0 ? 1 : 3 },
    perSecond === undefined ? undefined : { text: `${formatNumber(perSecond)}/s`, rank: 2 },
  ];
  return parts.filter((part) => part !== undefined);
}

function failedOf({ progress: { failed } }: LiveState): string {
  return failed === 0 ? "none failed" : `${failed} failed`;
}
