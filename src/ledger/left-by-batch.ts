import type { Leftover } from "../model/leftover.js";
import { fdKey, processKey } from "../model/resource.js";
import type { Operation } from "../model/operation.js";
import type { CriterionId } from "../model/verdict.js";
import type { Ledger } from "./attribute.js";
import { type Exposures, exposuresOf } from "./exposures.js";
import type { Mixed } from "./flow-rates.js";

/** What came with each row of batches: by flow where that is certain, else of whichever. */
export interface Left {
  readonly exposures: Exposures;
  /** By row. */
  readonly mixed: readonly number[];
  /** By flow and row. */
  readonly known: readonly (readonly number[])[];
  /** Units of which neither the batch nor the flow is known. */
  readonly dateless: number;
  readonly isEmpty: boolean;
}

/**
 * Things with an identity. Only what is certain is taken for known: what is likely is so for short and lone
 * operations above all, and some of it is wrong.
 */
export function leftByBatch({ view, judgement, ledger }: Mixed, criterion: CriterionId): Left {
  const exposures = exposuresOf(
    view,
    view.batches.map(({ batch }) => batch),
  );
  const mixed = view.batches.map(() => 0);
  const known = exposures.flows.map(() => view.batches.map(() => 0));
  let dateless = 0;
  const things = onceEach(ledger, leftOf({ view, judgement, criterion }));
  for (const { bornBatch, operation } of things.map((thing) => datedBy(ledger, thing))) {
    // What the warm-up left is of no operation that is counted.
    if (operation?.batch === 0) continue;
    const row = exposures.rowOf(bornBatch ?? 0);
    const column = operation ? known[exposures.flows.indexOf(operation.flow)] : mixed;
    if (row === undefined || !column) dateless++;
    else column[row] = (column[row] ?? 0) + 1;
  }
  return { exposures, mixed, known, dateless, isEmpty: things.length === 0 };
}

/**
 * A thing may be told of twice, as one that outlived the stop as well; and a PTY is one, however many hold it. The one
 * that counts is the one whose owner is known, or else the earliest.
 */
function onceEach(ledger: Ledger, things: readonly Leftover[]): Leftover[] {
  const once = new Map<string, Leftover>();
  for (const thing of things) {
    const before = once.get(keyOf(thing));
    if (!before || isBetter(datedBy(ledger, thing), datedBy(ledger, before))) once.set(keyOf(thing), thing);
  }
  return [...once.values()];
}

function keyOf(thing: Leftover): string {
  if (thing.kind === "pty") return `pty ${thing.hold.ptsNumber}`;
  return thing.kind === "fd" ? fdKey(thing.holder, thing.entry) : processKey(thing.entry);
}

function isBetter(one: Dated, other: Dated): boolean {
  const isKnown = one.operation !== undefined;
  if (isKnown !== (other.operation !== undefined)) return isKnown;
  return (one.bornBatch ?? Infinity) < (other.bornBatch ?? Infinity);
}

interface Dated extends Pick<Leftover, "bornBatch"> {
  /** That left it, for certain. */
  readonly operation: Operation | undefined;
}

function datedBy(ledger: Ledger, thing: Leftover): Dated {
  const owner = ledger.get(thing);
  if (owner?.sureness !== "certain") return { bornBatch: thing.bornBatch, operation: undefined };
  return { bornBatch: owner.operation.batch, operation: owner.operation };
}

/** What was left by operations of the load: not what the stop alone found, or what was there before. */
function leftOf({
  view,
  judgement,
  criterion,
}: Omit<Mixed, "ledger"> & { criterion: CriterionId }): Leftover[] {
  const last = view.drain.at(-1);
  const there = last && new Set(last.processes.map(processKey));
  const before = new Set(view.baseline[0]?.processes.map(processKey));
  const isOfLoad = (thing: Leftover): boolean => {
    if (thing.kind === "fd" || thing.kind === "pty") return true;
    const key = processKey(thing.entry);
    return !before.has(key) && there?.has(key) !== false;
  };
  const things = judgement.findings.flatMap((leak) => (leak.criterion === criterion ? leak.left : []));
  return things.filter(isOfLoad);
}
