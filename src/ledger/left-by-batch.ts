import type { Leftover } from "../model/leftover.js";
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
  const things = onceEach(ledger, leftOf({ judgement, criterion }));
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

/** A PTY is one, however many hold it: those that are told of it are who is known, or else who held it first. */
function onceEach(ledger: Ledger, things: readonly Leftover[]): Leftover[] {
  const ptys = new Map<number, Leftover>();
  const others: Leftover[] = [];
  for (const thing of things) {
    if (thing.kind !== "pty") {
      others.push(thing);
      continue;
    }
    const before = ptys.get(thing.hold.ptsNumber);
    if (!before || isSooner(ledger, thing, before)) ptys.set(thing.hold.ptsNumber, thing);
  }
  return [...others, ...ptys.values()];
}

function isSooner(ledger: Ledger, thing: Leftover, other: Leftover): boolean {
  const [one, two] = [thing, other].map((each) => datedBy(ledger, each));
  if ((one?.operation === undefined) !== (two?.operation === undefined)) return one?.operation !== undefined;
  return (one?.bornBatch ?? Infinity) < (two?.bornBatch ?? Infinity);
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

function leftOf({
  judgement,
  criterion,
}: Pick<Mixed, "judgement"> & { criterion: CriterionId }): readonly Leftover[] {
  return [...new Set(judgement.findings.flatMap((leak) => (leak.criterion === criterion ? leak.left : [])))];
}
