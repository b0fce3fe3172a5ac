import type { RunView } from "../judge/run-view.js";
import type { FlowRate, LeavingOperation, LeftBy, Sureness } from "../model/finding.js";
import type { Leftover } from "../model/leftover.js";
import type { Operation } from "../model/operation.js";
import type { Scenario } from "../model/scenario.js";
import type { Attribution, Ledger } from "./attribute.js";
import type { CountedRise } from "./counted-in-tail.js";
import { kindOf, type Part } from "./parts.js";
import { distinct, nameOf, ownThings } from "./things.js";
import { wouldHelp } from "./would-help.js";

/** What of a part tells who left it. */
type Known = Pick<Part, "criterion" | "left" | "kinds">;

export interface CauseFacts {
  readonly view: RunView;
  readonly ledger: Ledger;
  readonly flows: readonly FlowRate[];
  readonly parts: readonly Part[];
  /** What rose in the tail of what is only counted. */
  readonly rises: readonly CountedRise[];
}

const mostExamples = 3;
const mostNamed = 8;

/** Who left what of one cause. Undefined where nothing of it can be told apart, and nothing would help. */
export function leftBy(facts: CauseFacts): LeftBy | undefined {
  const { parts, ledger, view } = facts;
  // Nobody knows the operations of a foreign load.
  if (view.record.run.watched) return undefined;
  const things = distinct(
    ownThings(
      parts.flatMap(({ left }) => left),
      view,
    ),
  );
  const of = (wanted: Sureness | undefined): Leftover[] =>
    things.filter((leftover) => ledger.get(leftover)?.sureness === wanted);
  const unknown = of(undefined);
  const counts = {
    certain: of("certain").length,
    likely: of("likely").length,
    unattributed: unknown.length,
  };
  const examples = examplesOf(facts);
  const help = wouldHelp(facts, {
    unknown,
    isCertain: counts.certain > 0,
    isNamed: examples.length > 0,
  });
  if (things.length === 0 && examples.length === 0 && help === undefined) return undefined;
  return { ...counts, examples, wouldHelp: help };
}

interface Deed {
  readonly found: Attribution;
  readonly what: string;
  /** PTYs first, then what holds them, then who. */
  readonly rank: number;
}

type DeedFacts = Omit<CauseFacts, "parts"> & { readonly parts: readonly Known[] };

/** The surest first, then those that left most. */
export function examplesOf(facts: DeedFacts): LeavingOperation[] {
  const byOperation = new Map<Operation, Deed[]>();
  for (const deed of deedsOf(facts)) {
    const deeds = byOperation.get(deed.found.operation);
    if (deeds) deeds.push(deed);
    else byOperation.set(deed.found.operation, [deed]);
  }
  return [...byOperation]
    .map(([operation, deeds]) => ({ operation, deeds, isCertain: deeds.some(isCertain) }))
    .sort(
      (a, b) =>
        Number(b.isCertain) - Number(a.isCertain) ||
        b.deeds.length - a.deeds.length ||
        a.operation.id - b.operation.id,
    )
    .slice(0, mostExamples)
    .map(({ operation, deeds }) => exampleOf(operation, deeds, facts.view.record.run.scenario));
}

function deedsOf(facts: DeedFacts): Deed[] {
  const { parts, ledger, flows, rises } = facts;
  const criteria = new Set(parts.map(({ criterion }) => criterion));
  const clean = new Set(
    flows.flatMap(({ criterion, flow, verdict }) =>
      criteria.has(criterion) && verdict === "clean" ? [flow] : [],
    ),
  );
  // What the last operations of the tail hold may only linger.
  const isCredible = ({ operation, sureness }: Attribution): boolean =>
    sureness === "certain" || !clean.has(operation.flow);
  const left = [...parts.flatMap(({ left }) => left), ...tailOf(parts, ledger)];
  const things = ownThings(left, facts.view).flatMap((leftover) => {
    const found = ledger.get(leftover);
    return found ? [{ found, what: nameOf(leftover), rank: ranks.indexOf(leftover.kind) }] : [];
  });
  const counted = rises.map(({ operation, what }): Deed => {
    const because = "it stayed after this one had run alone";
    return { found: { operation, sureness: "likely", because }, what, rank: ranks.length };
  });
  return [...things, ...counted].filter(({ found }) => isCredible(found));
}

const ranks: readonly Leftover["kind"][] = ["pty", "fd", "process", "zombie"];
const criteria = { fd: "fds", process: "processes", zombie: "zombies", pty: "ptys" } as const;

/** What operations of the tail left of the same kinds. */
export function tailOf(parts: readonly Known[], ledger: Ledger): Leftover[] {
  const left = new Set(parts.flatMap(({ left }) => left));
  return [...ledger]
    .filter(([leftover, { operation }]) => operation.tail === true && !left.has(leftover))
    .map(([leftover]) => leftover)
    .filter((leftover) =>
      parts.some(
        ({ criterion, kinds }) => criterion === criteria[leftover.kind] && kinds.has(kindOf(leftover)),
      ),
    );
}

function isCertain({ found }: Deed): boolean {
  return found.sureness === "certain";
}

function exampleOf(operation: Operation, deeds: readonly Deed[], scenario: Scenario): LeavingOperation {
  const sorted = deeds.toSorted((a, b) => Number(isCertain(b)) - Number(isCertain(a)) || a.rank - b.rank);
  const sureness = sorted.some(isCertain) ? "certain" : "likely";
  // The certain ones come first: of two names for one thing the first one stays.
  const firsts = [...new Map(sorted.toReversed().map((deed) => [deed.what, deed])).values()].toReversed();
  const told = firsts.map((deed) =>
    sureness === "certain" && !isCertain(deed) ? `${deed.what} (likely)` : deed.what,
  );
  const more = told.length - mostNamed;
  const { id, flow, batch } = operation;
  return {
    operation: id,
    flow,
    batch,
    step: stepOf(operation, scenario),
    sureness,
    because: sorted[0]?.found.because ?? "",
    left: [...told.slice(0, mostNamed), ...(more > 0 ? [`${more} more`] : [])],
  };
}

/** The one that it failed at, or its last; of one that was cut short it is not known. */
function stepOf({ flow, step, outcome }: Operation, { flows }: Scenario): string | undefined {
  const steps = flows.find(({ name }) => name === flow)?.steps ?? [];
  if (step !== undefined) return steps[step - 1]?.kind;
  return outcome === "landed" ? steps.at(-1)?.kind : undefined;
}
