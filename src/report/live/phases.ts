import type { Phase } from "../../model/snapshot.js";
import type { Paint } from "../paint.js";
import { fitted, type Part } from "./parts.js";
import type { LiveState } from "./state.js";

type Step = "start" | "warm-up" | "baseline" | "load" | "drain" | "tail" | "stop";

const stepOf: Readonly<Record<Phase, Step>> = {
  start: "start",
  "warm-up": "warm-up",
  baseline: "baseline",
  batch: "load",
  settle: "load",
  draining: "drain",
  drain: "drain",
  tail: "tail",
  stop: "stop",
  survivors: "stop",
};
const ofRun: readonly Step[] = ["start", "warm-up", "baseline", "load", "drain", "stop"];
const ofWatch: readonly Step[] = ["start", "baseline", "load", "drain"];
const nearRank = 1;
const farRank = 2;

/** The road of the run with the place on it: `✓ start  ✓ warm-up  ● batch 12/40  ○ drain  ○ stop`. */
export function phasesLine(state: LiveState, room: number, paint: Paint): string {
  const steps = stepsOf(state);
  const at = steps.indexOf(stepOf[state.progress.phase]);
  const parts = steps.map((step, index): Part => {
    const near = Math.abs(index - at);
    const text = `${markOf(index, at)} ${index === at ? whereText(state) : nameOf(step, state)}`;
    return { text, rank: near === 0 ? 0 : near + (index < at ? farRank * steps.length : nearRank) };
  });
  const line = fitted(parts, room);
  const current = parts[at]?.text ?? "";
  return line.replace(current, paint.strong(current));
}

function stepsOf({ kind, progress }: LiveState): readonly Step[] {
  if (kind === "watch") return ofWatch;
  // It comes only where something fails, and takes place after the drain.
  const hasTail = progress.phase === "tail";
  return hasTail ? ofRun.flatMap((step) => (step === "drain" ? [step, "tail"] : [step])) : ofRun;
}

function markOf(index: number, at: number): string {
  if (index === at) return "●";
  return index < at ? "✓" : "○";
}

function nameOf(step: Step, { kind }: LiveState): string {
  if (step === "load" && kind === "watch") return "looks";
  return step === "drain" && kind === "watch" ? "end" : step;
}

function whereText(state: LiveState): string {
  const { phase, batch, batches } = state.progress;
  const step = stepOf[phase];
  if (step !== "load") return nameOf(step, state);
  const count = `${batch}${batches === undefined ? "" : `/${batches}`}`;
  if (state.kind === "watch") return `look ${count}`;
  return phase === "settle" ? `batch ${count}, settling` : `batch ${count}`;
}
