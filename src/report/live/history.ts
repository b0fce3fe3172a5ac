import type { Held, Progress } from "../../model/progress.js";
import type { Phase } from "../../model/snapshot.js";
import type { Resource, Row } from "./state.js";

/** Of each resource. A run of days has no more. */
export const mostPoints = 200;

/** Says of a curve whether it rises throughout. */
export type IsGrowing = (points: readonly number[], unit: Row["unit"]) => boolean;

const resources: readonly {
  readonly what: Resource;
  readonly unit: Row["unit"];
  readonly of: (held: Held) => number | undefined;
}[] = [
  { what: "fds", unit: "count", of: ({ fds }) => fds },
  { what: "tasks", unit: "count", of: ({ tasks }) => tasks },
  { what: "threads", unit: "count", of: ({ tasks, threads }) => (tasks === undefined ? threads : undefined) },
  { what: "memory", unit: "bytes", of: ({ rssBytes }) => rssBytes },
  { what: "live memory", unit: "bytes", of: ({ liveBytes }) => liveBytes },
  { what: "processes", unit: "count", of: ({ processes }) => processes },
  { what: "ptys", unit: "count", of: ({ ptys }) => ptys },
  { what: "zombies", unit: "count", of: ({ zombies }) => zombies },
];

export function amountOf(resource: Resource, held: Held): number | undefined {
  return resources.find(({ what }) => what === resource)?.of(held);
}

/** At these the target is quiet, so that a rise is none of the load's. */
const quietPhases: readonly Phase[] = ["baseline", "batch", "drain"];

/** What was held in the course of a run, by resource, in bounded room. */
export class History {
  readonly #isGrowing: IsGrowing;
  readonly #curves = new Map<Resource, Curve>();

  constructor(isGrowing: IsGrowing) {
    this.#isGrowing = isGrowing;
  }

  add({ look, ...held }: Progress): void {
    for (const { what, of } of resources) {
      const seen = look && of(look.held);
      const now = seen ?? of(held);
      if (now !== undefined) this.#curve(what).add(now, look?.phase);
    }
  }

  /** In the order in which they are shown. */
  rows(): Row[] {
    return resources.flatMap(({ what, unit }) => {
      const curve = this.#curves.get(what);
      return curve ? [{ what, unit, ...curve.told((points) => this.#isGrowing(points, unit)) }] : [];
    });
  }

  #curve(what: Resource): Curve {
    const curve = this.#curves.get(what) ?? new Curve();
    this.#curves.set(what, curve);
    return curve;
  }
}

class Curve {
  #now = 0;
  #baseline: number | undefined;
  /** Before the baseline, at every look and tick. */
  #before: number[] = [];
  #points: number[] = [];
  #grows = false;
  #isStale = true;

  add(value: number, phase: Phase | undefined): void {
    this.#now = value;
    if (phase !== undefined && quietPhases.includes(phase)) {
      // The last look of a baseline is its calmest.
      if (phase === "baseline") this.#points = [];
      this.#points = bounded([...this.#points, value]);
      this.#isStale = true;
      if (phase === "baseline") this.#baseline = value;
    } else if (this.#baseline === undefined) this.#before = bounded([...this.#before, value]);
  }

  told(isGrowing: (points: readonly number[]) => boolean): Omit<Row, "what" | "unit"> {
    // Asked for at each redraw, and changes with a point only.
    if (this.#isStale) this.#grows = isGrowing(this.#points);
    this.#isStale = false;
    const points = this.#baseline === undefined ? this.#before : this.#points;
    return { now: this.#now, baseline: this.#baseline, points, grows: this.#grows };
  }
}

/** Of two neighbours the higher one stays. */
function bounded(points: number[]): number[] {
  if (points.length <= mostPoints) return points;
  return points.flatMap((value, index) =>
    index % 2 === 1 ? [] : [Math.max(value, points[index + 1] ?? value)],
  );
}
