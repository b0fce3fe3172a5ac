import type { Gap } from "../model/reading.js";
import type { PauseLine } from "../model/record.js";
import { formatDuration, formatNumber } from "../model/units.js";
import { groupBy, listGroups } from "./evidence.js";
import type { RunView } from "./run-view.js";
import { grownValues } from "./grown-values.js";
import { zombieNotes } from "./zombies.js";

const mostKinds = 5;

/** Whatever a reader must know to trust the verdict. */
export function notesOf(view: RunView): string[] {
  return [
    ...view.record.notes,
    ...(view.record.truncated ? ["the record is cut short: judged as an interrupted run"] : []),
    ...byHand(view),
    ...failedOperations(view),
    ...restless(view),
    ...gapNotes(view),
    ...grownValues(view),
    ...zombieNotes(view),
  ];
}

/** What somebody did who looked on. */
function byHand({ record: { pauses = [], asides = [] } }: RunView): string[] {
  const pauseText = ({ forMs, operations, suspended }: PauseLine): string =>
    `${suspended ? "suspended" : "paused"} for ${formatDuration(forMs)} after ${operations} operations, by hand: no operation began, and the target went on`;
  const looks = asides.length === 1 ? "one look" : `${asides.length} looks`;
  return [
    ...pauses.map(pauseText),
    ...(asides.length > 0 ? [`${looks} by hand, by which nothing is judged`] : []),
  ];
}

/** `12 of 1000 operations failed: EMFILE (12)` */
export function failuresText(view: RunView): string {
  const failed = view.record.operations.filter(
    ({ batch, outcome, tail }) => batch > 0 && tail !== true && outcome === "failed",
  );
  const counts = engineCounts(view);
  if (counts !== undefined) return counts;
  const reasons = groupBy(failed, ({ reason }) => (reason ?? "for no known reason").replace(/\d{5,}/g, "N"));
  return `${failed.length} of ${view.ended} operations failed: ${listGroups(reasons, mostKinds)}`;
}

/** An engine tells no reasons. */
function engineCounts({ record, operations, ended }: RunView): string | undefined {
  const source = record.loads.at(-1)?.source;
  return source === undefined
    ? undefined
    : `${operations.failed} of ${ended} operations failed, by ${source}`;
}

function failedOperations(view: RunView): string[] {
  return view.operations.failed === 0 ? [] : [failuresText(view)];
}

function restless(view: RunView): string[] {
  if (view.record.run.watched) return [];
  const looks = [...view.baseline, ...view.batches, ...view.drain];
  const moving = looks.filter(({ quiet }) => !quiet).length;
  const within = view.record.run.scenario.settle.withinMs / 1000;
  if (moving === 0) return [];
  return [
    `the target was still moving ${formatNumber(within)} s after the load at ${moving} of ${looks.length} points`,
  ];
}

/** Gaps alike but for their pids are one note. */
function gapNotes({ record }: RunView): string[] {
  const gaps: readonly Gap[] = [
    ...record.snapshots.flatMap(({ gaps, probes }) => [...gaps, ...probes.flatMap(({ gaps }) => gaps)]),
    ...(record.stop?.gaps ?? []),
  ];
  const groups = groupBy(gaps, ({ what, why }) => `${what.replace(/\d+/g, "N")}: ${why}`);
  const shown = groups
    .slice(0, mostKinds)
    .map(({ label, items }) => `not read: ${label} (${items.length} times)`);
  const more = groups.length - shown.length;
  return more > 0 ? [...shown, `${more} more kinds of gaps`] : shown;
}
