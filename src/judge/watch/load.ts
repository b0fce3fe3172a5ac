import type { LoadLine } from "../../model/record.js";
import { median } from "../../stats/median.js";
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
  /** Something listens, so sessions are seen by their connections. */
  readonly isSeen: boolean;
}

const known = new WeakMap<WatchedView, Load>();

export function loadOf(view: WatchedView): Load {
  const seen = known.get(view) ?? measured(view);
  known.set(view, seen);
  return seen;
}

function measured(view: WatchedView): Load {
  const looks = [...view.baseline, ...view.batches];
  const open = courseOf(looks.map((look) => connectionsAt(look).open.size));
  const rates = [
    rateCourse(view, ({ landed }) => landed),
    rateCourse(view, ({ connections }) => connections),
  ];
  const factors = [open, ...rates].map(({ from, to }) => (to + 1) / (from + 1));
  const isSeen = looks.some(({ processes }) =>
    processes.some(({ fds }) => Array.isArray(fds) && fds.some(({ socket }) => socket?.state === "LISTEN")),
  );
  return { ...open, factor: Math.max(1, ...factors), isSeen };
}

interface Course {
  readonly from: number;
  readonly to: number;
}

/** At the start, and at the highest after it: what the load left behind may outlast it. */
function courseOf(values: readonly number[]): Course {
  const size = Math.max(leastLooks, Math.ceil(values.length / windows));
  const parts = Array.from({ length: Math.max(1, Math.floor(values.length / size)) }, (_, index) =>
    median(values.slice(index * size, (index + 1) * size)),
  ).filter((level) => level !== undefined);
  const from = parts[0] ?? 0;
  return { from, to: Math.max(from, ...parts.slice(1)) };
}

/** Of what an engine or the kernel counted in each slot; per second, so that slots of any length compare. */
function rateCourse({ record }: WatchedView, part: (line: LoadLine) => number | undefined): Course {
  const lines = record.loads.filter(({ batch }) => batch > 0);
  const rates = lines.flatMap((line, index) => {
    const before = lines[index - 1];
    const value = part(line);
    const passedMs = before ? line.atMs - before.atMs : 0;
    return value !== undefined && passedMs > 0 ? (1000 * value) / passedMs : [];
  });
  return courseOf(rates);
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
