import type { LoadLine } from "../../model/record.js";
import { connectionsAt } from "./connections.js";
import type { WatchedView } from "./watched-view.js";

/** So many parts of the watch are compared: each is long enough that one look does not make it. */
const windows = 12;
const leastLooks = 3;

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

type Course = Load;

/** At the start, and at the highest after it: what the load left behind may outlast it. */
function courseOf(values: readonly number[]): Course {
  const size = Math.max(leastLooks, Math.ceil(values.length / windows));
  const parts = Array.from({ length: Math.max(1, Math.floor(values.length / size)) }, (_, index) =>
    values.slice(index * size, (index + 1) * size).reduce((sum, value) => sum + value, 0),
  );
  const first = parts[0] ?? 0;
  const most = parts.reduce((high, part) => Math.max(high, part), first);
  // One more in both: of a few that were seen the next window may see some more by chance.
  return { from: first / size, to: most / size, factor: (most + 1) / (first + 1) };
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
