import { inert } from "../inert.js";
import { cut, textWidth } from "../text-width.js";
import { clockText } from "./clock-text.js";
import type { LiveState } from "./state.js";

/** More of a name would push the time out. */
const nameShare = 0.5;
const gap = 2;

/** What runs on the left, how long it takes on the right. @returns the two, and what is between them */
export function title(state: LiveState, room: number): { readonly left: string; readonly right: string } {
  const { progress, place } = state;
  const suffix = place ? `  ${place.number} of ${place.of}` : "";
  const name = inert(progress.scenario);
  const whole = `${name}${suffix}`;
  for (const left of [whole, name, cut(name, Math.floor(room * nameShare))]) {
    const right = timesOf(state).find((time) => textWidth(left) + textWidth(time) + gap <= room);
    if (right !== undefined) return { left, right };
  }
  return { left: cut(whole, room), right: "" };
}

/** From long to short. */
function timesOf(state: LiveState): string[] {
  const gone = `${clockText(state.elapsedMs)} gone`;
  const left = leftOf(state);
  if (state.pausing) {
    const { pausedMs } = state.progress;
    // What is under way comes to its end first.
    if (pausedMs === undefined) return [`pausing, ${gone}`, "pausing"];
    const paused = `paused for ${clockText(pausedMs)}`;
    return [`${paused}, ${gone}`, paused, "paused"];
  }
  if (left === undefined) return [gone];
  const isNear = left < 1000;
  const about = isNear ? "nearly done" : `about ${clockText(left)} left`;
  const short = isNear ? about : `${clockText(left)} left`;
  const { thenMs } = state;
  const all = thenMs ? [`${gone}, ${about}, ${clockText(left + thenMs)} for all`] : [];
  return [...all, `${gone}, ${about}`, about, short];
}

function leftOf({ progress, expectedMs, elapsedMs, stopping }: LiveState): number | undefined {
  if (stopping || progress.phase === "stop" || progress.phase === "tail") return undefined;
  if (progress.etaMs !== undefined) return progress.etaMs;
  return expectedMs === undefined ? undefined : Math.max(0, expectedMs - elapsedMs);
}
