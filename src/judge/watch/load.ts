import type { LoadLine } from "../../model/record.js";
import { ols } from "../../stats/ols.js";
import { connectionsAt } from "./connections.js";
import type { WatchedView } from "./watched-view.js";

/** So many parts of the watch are compared: each is long enough that one look does not make it. */
const windows = 12;
const leastLooks = 3;
/** Standard errors that the load may have risen by more than it seems. */
const errors = 2;

/** How the load went, by whatever shows it. */
export interface Load {
  /** Connections open at the start, and at the busiest later part of the watch. */
  readonly from: number;
  readonly to: number;
  /** By which factor the load rose at most; 1 = it did not. */
  readonly factor: number;
}

const known = new WeakMap<WatchedView, Load>();

export function loadOf(view: WatchedView): Load {
  const seen = known.get(view) ?? measured(view);
  known.set(view, seen);
  return seen;
}

function measured(view: WatchedView): Load {
  const looks = [...view.baseline.slice(-1), ...view.batches];
  const open = courseOf(looks.map((look) => connectionsAt(look).open.size));
  const rates = [countsOf(view, ({ landed }) => landed), countsOf(view, ({ connections }) => connections)];
  const factors = [open, ...rates.map(courseOf)].map(({ factor }) => factor);
  return { from: open.from, to: open.to, factor: Math.max(1, ...factors) };
}

/**
 * At the start, and at the end or at its highest, as far as that is more than the scatter around its line: what the load
 * left behind may outlast it, and a level is judged by its line as well.
 */
function courseOf(values: readonly number[]): Load {
  const size = Math.max(leastLooks, Math.ceil(values.length / windows));
  const parts = Array.from({ length: Math.max(1, Math.floor(values.length / size)) }, (_, index) => ({
    x: index / Math.max(1, Math.floor(values.length / size) - 1),
    y: values.slice(index * size, (index + 1) * size).reduce((sum, value) => sum + value, 0),
  }));
  const most = Math.max(...parts.map(({ y }) => y));
  const line = ols(parts);
  if (!line) return course(parts[0]?.y ?? 0, most, size);
  const { intercept, slope, standardError } = line;
  const squares = parts.reduce((sum, { x, y }) => sum + (y - intercept - slope * x) ** 2, 0);
  const scatter = Math.sqrt(squares / parts.length);
  return course(
    Math.max(0, intercept),
    Math.max(intercept + slope + errors * standardError, most - errors * scatter),
    size,
  );
}

/** @param size looks that each of the sums is of */
function course(first: number, last: number, size: number): Load {
  const end = Math.max(first, last);
  // One more in both: of a few that were seen the next window may see some more by chance.
  return { from: first / size, to: end / size, factor: (end + 1) / (first + 1) };
}

/** What an engine or the kernel counted in each slot: slots are alike in length. */
function countsOf({ record }: WatchedView, part: (line: LoadLine) => number | undefined): number[] {
  return record.loads.filter(({ batch }) => batch > 0).flatMap((line) => part(line) ?? []);
}

/** How much more may be held by the sessions that came on top. */
export interface Excuse {
  /** Held at the start. */
  readonly held: number;
  /** What one session may hold. */
  readonly perConnection: number;
}

/** What the rise of the load explains at most: as much more as there is more load, or what the new connections may hold. */
export function explainedBy({ from, to, factor }: Load, { held, perConnection }: Excuse): number {
  return Math.max(held * (factor - 1), perConnection * (to - from));
}
