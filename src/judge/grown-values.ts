import type { Snapshot } from "../model/snapshot.js";
import { formatNumber } from "../model/units.js";
import type { RunView } from "./run-view.js";

const mostShown = 5;
/** Less is not worth a line: a share or a wandering number is no queue that fills. */
const leastGrowth = 1;
const leastRatio = 1.1;

interface Grown {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Numbers of the probes that stand for no resource and yet were higher at every look of the second half and after the
 * drain than at any of the baseline: not judged, but worth a look.
 */
export function grownValues(view: RunView): string[] {
  const late = view.batches.slice(Math.floor(view.batches.length / 2));
  const grown = namesAt(view.baseline[0]).flatMap((name) => grownOf(name, { ...view, late }));
  if (grown.length === 0) return [];
  const shown = grown
    .toSorted((a, b) => ratio(b) - ratio(a))
    .slice(0, mostShown)
    .map(({ name, from, to }) => `${name} ${formatNumber(from)} → ${formatNumber(to)}`);
  const more = grown.length - shown.length;
  return [`grown, but not judged: ${shown.join(", ")}${more > 0 ? `, and ${more} more` : ""}`];
}

interface Looks {
  readonly baseline: readonly Snapshot[];
  readonly late: readonly Snapshot[];
  readonly drain: readonly Snapshot[];
}

function grownOf(name: string, { baseline, late, drain }: Looks): Grown[] {
  const before = baseline.map((look) => valueAt(look, name));
  const after = [...late, ...drain].map((look) => valueAt(look, name));
  const last = valueAt(drain.at(-1), name);
  const all = [...before, ...after];
  if (!all.every((value) => value !== undefined) || last === undefined || after.length === 0) return [];
  const from = Math.max(...all.slice(0, before.length));
  const least = Math.min(...all.slice(before.length));
  const isGrown = least > from && last - from >= leastGrowth && last >= leastRatio * from;
  return isGrown ? [{ name, from, to: last }] : [];
}

function namesAt(look: Snapshot | undefined): string[] {
  return [
    ...new Set(
      (look?.probes ?? []).flatMap(({ probe, values }) =>
        Object.keys(values ?? {}).map((name) => `${probe}: ${name}`),
      ),
    ),
  ];
}

/** Of several processes that a probe looks into, the sum. */
function valueAt(look: Snapshot | undefined, name: string): number | undefined {
  const values = (look?.probes ?? []).flatMap(({ probe, values }) =>
    Object.entries(values ?? {}).flatMap(([key, value]) => (`${probe}: ${key}` === name ? value : [])),
  );
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
}

function ratio({ from, to }: Grown): number {
  return (to + 1) / (from + 1);
}
