import { type FdEntry, fdKey, type ProcessEntry, processKey, ptyHolds } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";
import type { CriterionId } from "../model/verdict.js";
import type { Rule } from "./allowance-rules.js";
import type { Excusing } from "./excusing.js";
import type { RunView } from "./run-view.js";

interface LeftFd {
  readonly key: string;
  readonly holder: ProcessEntry;
  readonly entry: FdEntry;
  readonly rules: readonly Rule[];
}

type Matching = (look: Snapshot) => readonly LeftFd[];

/**
 * Asks for the fds that were left in the server's own processes, and for every PTY.
 * @param gone processes that are excused with all that they hold
 * @returns the keys of those that are excused
 */
export function excuseFds(excusing: Excusing, gone: ReadonlySet<string>): Set<string> {
  const { view, excuses } = excusing;
  const matching: Matching = ({ processes }) =>
    processes
      .filter((holder) => !gone.has(processKey(holder)))
      .flatMap((holder) => matchesOf(excusing, holder));
  const excused = new Set<string>();
  for (const found of oldestFirst(view, matching)) {
    const criteria = criteriaOf(excusing, found);
    if (criteria.length === 0) continue;
    const { key, holder, rules } = found;
    if (excuses.ask({ rules, holder: processKey(holder), criteria, count: 1 }) === 1) excused.add(key);
  }
  return excused;
}

function matchesOf({ ofFd }: Excusing, holder: ProcessEntry): readonly LeftFd[] {
  const { fds } = holder;
  if (!Array.isArray(fds)) return [];
  return (holder.fds ?? []).flatMap((entry) => {
    const rules = ofFd(entry);
    return rules.length === 0 ? [] : [{ key: fdKey(holder, entry), holder, entry, rules }];
  });
}

/** Not there at the baseline, and in every look after the drain. */
function leftOf({ baseline, drain }: RunView, matching: Matching): readonly LeftFd[] {
  const last = drain.at(-1);
  const left = last ? matching(last) : [];
  if (left.length === 0) return left;
  const known = new Set(baseline.flatMap((look) => matching(look).map(({ key }) => key)));
  const looks = drain.map((look) => new Set(matching(look).map(({ key }) => key)));
  return left.filter(({ key }) => !known.has(key) && looks.every((keys) => keys.has(key)));
}

function oldestFirst(view: RunView, matching: Matching): readonly LeftFd[] {
  const left = leftOf(view, matching);
  if (left.length < 2) return left;
  const births = new Map<string, number>();
  for (const [index, look] of view.batches.entries()) {
    for (const { key } of matching(look)) if (!births.has(key)) births.set(key, index);
  }
  const bornAt = ({ key }: LeftFd): number => births.get(key) ?? view.batches.length;
  return left.toSorted((a, b) => bornAt(a) - bornAt(b));
}

/** What a process holds that was left itself belongs to `processes`, but for PTYs. */
function criteriaOf({ isResident }: Excusing, { holder, entry }: LeftFd): readonly CriterionId[] {
  const isPty = ptyHolds([{ ...holder, fds: [entry] }]).length > 0;
  return [...(isResident(holder) ? (["fds"] as const) : []), ...(isPty ? (["ptys"] as const) : [])];
}
