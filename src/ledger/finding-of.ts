import { groupBy, listGroups } from "../judge/evidence.js";
import type { Finding, FlowRate, FoundResource, LeftBy } from "../model/finding.js";
import { type CriterionId, criterionIds, type CriterionResult } from "../model/verdict.js";
import { formatDuration, formatNumber } from "../model/units.js";
import { type CauseFacts, leftBy } from "./left-by.js";
import type { Part } from "./parts.js";
import { distinct, ownThings } from "./things.js";

const mostEvidence = 16;
/** Lines of the main part when others have some, too. */
const mostOfMain = 8;
const msPerHour = 3_600_000;

export interface CauseOf extends CauseFacts {
  readonly criteria: readonly CriterionResult[];
  /** Parts of it grow with the load: not what is told of the stop, or of a peak. */
  readonly isGrowth: boolean;
}

export function findingOf(cause: CauseOf): Finding {
  const parts = inOrder(cause);
  const [main, ...others] = parts;
  if (!main) throw new RangeError("a cause without parts");
  const by = leftBy({ ...cause, parts });
  const flows = leaking(cause);
  return {
    criterion: main.criterion,
    criteria: criterionIds.filter((id) => parts.some(({ criterion }) => criterion === id)),
    resource: main.resource,
    resources: parts.map((part) => resourceOf(part, cause)),
    summary: [
      main.summary,
      ...exampleText(by),
      ...ratesText(main, flows, cause.flows),
      ...timeText(main, cause),
    ].join("; "),
    evidence: evidenceOf(main, others, flowsLine(cause)),
    next: main.next,
    by,
    flows,
    origin: undefined,
  };
}

/** What runs out first first. */
function inOrder(cause: CauseOf): Part[] {
  const hours = ({ criterion }: Part): number => hoursOf(criterion, cause) ?? Infinity;
  return cause.parts.toSorted((a, b) => compare(hours(a), hours(b)) || b.left.length - a.left.length);
}

/** Two that never run out do not differ. */
export function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function hoursOf(criterion: CriterionId, cause: CauseOf): number | undefined {
  return cause.isGrowth ? resultOf(criterion, cause)?.hoursToExhaustion : undefined;
}

function resultOf(criterion: CriterionId, { criteria }: CauseOf): CriterionResult | undefined {
  return criteria.find(({ id }) => id === criterion);
}

function resourceOf({ criterion, resource, left }: Part, cause: CauseOf): FoundResource {
  const count = left.length > 0 ? countOf(left) : grownBy(criterion, cause);
  return { criterion, resource, count, hoursToExhaustion: hoursOf(criterion, cause) };
}

/** A PTY that is held at both sides is one. */
function countOf(left: Part["left"]): number {
  return new Set(left.map((leftover) => (leftover.kind === "pty" ? leftover.hold.ptsNumber : leftover))).size;
}

function grownBy(criterion: CriterionId, cause: CauseOf): number | undefined {
  const { baseline, end } = (cause.isGrowth && resultOf(criterion, cause)) || {};
  return baseline === undefined || end === undefined ? undefined : end - baseline;
}

function leaking({ parts, flows, isGrowth }: CauseOf): FlowRate[] {
  const criteria = new Set(parts.map(({ criterion }) => criterion));
  return flows
    .filter(({ criterion, verdict }) => isGrowth && criteria.has(criterion) && verdict === "leaks")
    .toSorted((a, b) => b.rate - a.rate);
}

/** `operation 412 (flow goose-session, step drop) left pts/17 and pid 991 goose run` */
function exampleText(by: LeftBy | undefined): string[] {
  const [example] = by?.examples ?? [];
  if (!example) return [];
  const { operation, flow, step, sureness, left } = example;
  const where = step === undefined ? `flow ${flow}` : `flow ${flow}, step ${step}`;
  return [`operation ${operation} (${where}) ${sureness === "likely" ? "likely " : ""}left ${listed(left)}`];
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** `1 in 1.0 sessions of goose-session, 0 of the others` */
function ratesText({ criterion }: Part, leaking: readonly FlowRate[], all: readonly FlowRate[]): string[] {
  const own = leaking.filter((rate) => rate.criterion === criterion);
  if (own.length === 0 || criterion === "memory") return [];
  const others = all.filter((rate) => rate.criterion === criterion && !own.includes(rate));
  const each = own.map(({ flow, rate }) => `${perSession(rate)} of ${flow}`);
  const isOnlyThese = others.length > 0 && others.every(({ verdict }) => verdict === "clean");
  return [[...each, ...(isOnlyThese ? ["0 of the others"] : [])].join(", ")];
}

function perSession(rate: number): string {
  return rate > 1.05 ? `${formatNumber(rate)} by each session` : `1 in ${(1 / rate).toFixed(1)} sessions`;
}

/** `soft RLIMIT_NOFILE in 9 h` */
function timeText({ criterion }: Part, cause: CauseOf): string[] {
  const hours = hoursOf(criterion, cause);
  if (hours === undefined) return [];
  const ceiling = resultOf(criterion, cause)?.ceiling ?? "the limit";
  return [`${ceiling} in ${formatDuration(hours * msPerHour)}`];
}

/** `left by flow rude (30)`: of the load, since each flow has its turn in the tail. */
function flowsLine({ parts, ledger, view }: CauseOf): string[] {
  const all = ownThings(
    parts.flatMap(({ left }) => left),
    view,
  );
  const flows = distinct(all).flatMap((leftover) => ledger.get(leftover)?.operation.flow ?? []);
  return flows.length === 0 ? [] : [`left by flow ${listGroups(groupBy(flows, (flow) => flow))}`];
}

/** The last line of each is how it grew: kept. */
function evidenceOf(main: Part, others: readonly Part[], about: readonly string[]): string[] {
  const room = mostEvidence - about.length;
  const ofMain = cutTo(main.evidence, others.length === 0 ? room : mostOfMain);
  const each = Math.max(1, Math.floor((room - ofMain.length) / Math.max(1, others.length)));
  return [...ofMain, ...others.flatMap(({ evidence }) => cutTo(evidence, each)), ...about].slice(
    0,
    mostEvidence,
  );
}

function cutTo(lines: readonly string[], most: number): readonly string[] {
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), ...lines.slice(-1)];
}
