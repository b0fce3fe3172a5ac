import type { OriginGroup, StackFrame } from "../model/origin.js";
import { frameText, isStandard } from "./go-frame.js";

/** Goroutines with the same stack. */
export interface GoroutineGroup {
  readonly count: number;
  /** Where they are, innermost first. */
  readonly frames: readonly StackFrame[];
  /** The `go` statement that started them; undefined = not told, or the main goroutine. */
  readonly createdBy?: StackFrame | undefined;
  /** The stack in which that statement ran, innermost first; undefined = not told. */
  readonly startedIn?: readonly StackFrame[] | undefined;
  /** E.g. `chan receive`, `IO wait`; undefined = not told. */
  readonly state?: string | undefined;
  /** Minutes since they were blocked, the longest; undefined = less than one, or not told. */
  readonly blockedMinutes?: number | undefined;
}

/** All goroutines at an instant, without those that were there only to answer us. */
export interface Goroutines {
  readonly total: number;
  readonly groups: readonly GoroutineGroup[];
  /** Those in none of the groups, since there are more different stacks than are kept. */
  readonly ungrouped: number;
}

/** As many different stacks as are kept. */
export const maxGroups = 2000;
/** As many as go into a record: a program has a few dozen places that start goroutines. */
const maxTypes = 200;
const maxOrigins = 100;
const elsewhere = "elsewhere";

/**
 * What a group is counted under: `created by main.(*hub).serve at main.go:30`. Where that is in the standard library
 * (an HTTP server starts a goroutine for each connection), or is not told, by where it is in code that is not.
 */
export function typeOf({ frames, createdBy }: GoroutineGroup): string {
  if (createdBy && !isStandard(createdBy)) return `created by ${frameText(createdBy)}`;
  const own = frames.find((frame) => !isStandard(frame));
  if (own) return `in ${frameText(own)}`;
  if (createdBy) return `created by ${frameText(createdBy)}`;
  const root = frames.at(-1);
  return root ? `in ${frameText(root)}` : elsewhere;
}

/** The counts by type, those of the rarest types together. */
export function countsByType({ groups, ungrouped }: Goroutines): Record<string, number> {
  const counts = new Map<string, number>();
  const add = (type: string, count: number): void => {
    counts.set(type, (counts.get(type) ?? 0) + count);
  };
  for (const group of groups) add(typeOf(group), group.count);
  const types = [...counts].sort(([, a], [, b]) => b - a);
  const rest = types.splice(maxTypes).reduce((sum, [, count]) => sum + count, ungrouped);
  return Object.fromEntries(rest > 0 ? [...types, [elsewhere, rest] as const] : types);
}

/**
 * The largest groups as origins. Their stack begins with the `go` statement, since that is where they were made, and who
 * called that; where they are now follows, innermost first.
 */
export function originsOf({ groups }: Goroutines): OriginGroup[] {
  const largest = [...groups].sort((a, b) => b.count - a.count).slice(0, maxOrigins);
  return largest.map((group) => {
    const { count, createdBy, startedIn = [], frames, blockedMinutes } = group;
    const callers = startedIn.filter(
      (frame, index) => frame.name !== createdBy?.name && !isSame(frame, startedIn[index - 1]),
    );
    const stack = createdBy ? [createdBy, ...callers, ...frames] : frames;
    return { kind: "task", type: typeOf(group), count, stack, retainedBy: waitOf(group), blockedMinutes };
  });
}

/** Go tells a call that was inlined twice. */
function isSame(frame: StackFrame, before: StackFrame | undefined): boolean {
  return frame.name === before?.name && frame.file === before?.file && frame.line === before?.line;
}

/** `chan receive in main.(*hub).work at main.go:39`. */
function waitOf({ state, frames }: GoroutineGroup): string | undefined {
  const at = frames.find((frame) => !isStandard(frame)) ?? frames[0];
  return state === undefined || !at ? state : `${state} in ${frameText(at)}`;
}
