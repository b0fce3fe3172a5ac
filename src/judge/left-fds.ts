import { type FdEntry, fdKey, isZombie, type ProcessEntry, processKey, ptyHolds } from "../model/resource.js";
import type { CriterionId } from "../model/verdict.js";
import type { Rule } from "./allowance-rules.js";
import { fdKind } from "./evidence.js";
import type { Excusing } from "./excusing.js";
import { type Held, holdingsOf } from "./holdings.js";

/** An fd that some allowance is for. */
interface Candidate {
  readonly holder: ProcessEntry;
  readonly entry: FdEntry;
  readonly rules: readonly Rule[];
}

/**
 * Asks for the fds that were left in the server's own processes, and for every PTY. What stands in for one of its kind
 * that has gone needs no allowance.
 * @param gone processes that are excused with all that they hold
 * @returns the keys of those that are excused
 */
export function excuseFds(excusing: Excusing, gone: ReadonlySet<string>): Set<string> {
  const { view, excuses } = excusing;
  const holdings = holdingsOf(view, ({ processes }) =>
    processes
      .filter((holder) => !isZombie(holder) && !gone.has(processKey(holder)))
      .flatMap((holder) => candidatesOf(excusing, holder)),
  );
  const left = holdings?.survivors.filter(({ standsIn }) => !standsIn) ?? [];
  const excused = new Set<string>();
  for (const { key, item } of left.toSorted((a, b) => bornAt(a) - bornAt(b))) {
    const criteria = criteriaOf(excusing, item);
    const plea = { rules: item.rules, holder: processKey(item.holder), criteria, count: 1 };
    if (criteria.length > 0 && excuses.ask(plea) === 1) excused.add(key);
  }
  return excused;
}

function candidatesOf({ ofFd }: Excusing, holder: ProcessEntry): readonly Held<Candidate>[] {
  return (holder.fds ?? []).flatMap((entry) => {
    const rules = ofFd(entry);
    if (rules.length === 0) return [];
    const kind = fdKind({ holder, entry });
    return [{ key: fdKey(holder, entry), kind, item: { holder, entry, rules } }];
  });
}

function bornAt({ bornBatch }: { readonly bornBatch: number | undefined }): number {
  return bornBatch ?? Number.MAX_SAFE_INTEGER;
}

/** What a process holds that was left itself belongs to `processes`, but for PTYs. */
function criteriaOf({ isResident }: Excusing, { holder, entry }: Candidate): readonly CriterionId[] {
  const isPty = ptyHolds([{ ...holder, fds: [entry] }]).length > 0;
  return [...(isResident(holder) ? (["fds"] as const) : []), ...(isPty ? (["ptys"] as const) : [])];
}
