import { taskSource } from "../judge/task-series.js";
import type { RunView } from "../judge/run-view.js";
import { fdKey, isZombie, processKey, ptyHolds } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";
import type { CriterionId } from "../model/verdict.js";
import { stayed } from "../stats/stayed.js";

/** What the operations of one flow left when each ran alone. */
export interface LeftAlone {
  readonly exposure: number;
  readonly units: number;
}

/**
 * What each flow left in the tail, where its operations ran one at a time. What an operation holds counts as left once
 * the drain's time is over; so the last of the tail tell nothing.
 */
export function leftAlone(view: RunView, criterion: CriterionId): ReadonlyMap<string, LeftAlone> {
  const flows = new Map(view.record.operations.map(({ id, flow }) => [id, flow]));
  const units = criterion === "tasks" ? tasksThatStay(view) : thingsThatStay(view, criterion);
  const all = new Map<string, LeftAlone>();
  for (const [index, look] of view.tail.slice(1).entries()) {
    const flow = isTelling(view, index + 1) ? flows.get(look.after ?? 0) : undefined;
    const came = units[index];
    if (flow === undefined || came === undefined) continue;
    const before = all.get(flow) ?? { exposure: 0, units: 0 };
    all.set(flow, { exposure: before.exposure + 1, units: before.units + came });
  }
  return all;
}

/** The drain's time went by after the look; and it is not one that only waited for that. */
function isTelling({ tail, record }: RunView, index: number): boolean {
  const latestMs = (tail.at(-1)?.atMs ?? 0) - record.run.scenario.drainMs;
  const look = tail[index];
  return look !== undefined && look.atMs <= latestMs && look.after !== tail[index - 1]?.after;
}

/** For each look of the tail but the first: what is new in it, and there to the end. */
function thingsThatStay(view: RunView, criterion: CriterionId): (number | undefined)[] {
  const looks = view.tail.map((look) => keysOf(look, { view, criterion }));
  const last = new Set(looks.at(-1));
  const seen = new Set(looks[0]);
  return looks.slice(1).map((keys) => {
    const fresh = keys.filter((key) => last.has(key) && !seen.has(key));
    for (const key of keys) seen.add(key);
    return fresh.length;
  });
}

interface Wanted {
  readonly view: RunView;
  readonly criterion: CriterionId;
}

function keysOf({ processes }: Snapshot, { view, criterion }: Wanted): string[] {
  if (criterion === "ptys") return [...new Set(ptyHolds(processes).map(({ ptsNumber }) => `${ptsNumber}`))];
  if (criterion === "processes") return processes.filter((entry) => !isZombie(entry)).map(processKey);
  if (criterion === "zombies") return processes.filter(isZombie).map(processKey);
  return processes
    .filter((entry) => view.oldHands.has(processKey(entry)))
    .flatMap((holder) => (holder.fds ?? []).map((entry) => fdKey(holder, entry)));
}

/** The tail is read as if it were the batches. */
function tasksThatStay(view: RunView): (number | undefined)[] {
  const level = taskSource({ ...view, batches: view.tail, drain: [] }).levels[0];
  const values = level?.series.points.map(({ value }) => value) ?? [];
  if (values.length !== view.tail.length || level?.restarts.length !== 0) return [];
  return stayed(values, Number.POSITIVE_INFINITY);
}
