import type { Judgement } from "../judge/judge-run.js";
import type { RunView } from "../judge/run-view.js";
import type { Finding, FlowRate, Leak } from "../model/finding.js";
import type { CriterionId } from "../model/verdict.js";
import type { Ledger } from "./attribute.js";
import { type CountedRise, countedInTail } from "./counted-in-tail.js";
import { compare, findingOf } from "./finding-of.js";
import { tailOf } from "./left-by.js";
import { type Part, partsOf } from "./parts.js";
import { byCause, type Traced } from "./same-cause.js";
import { tagsAt } from "./things.js";

export interface Accounted {
  readonly view: RunView;
  readonly judgement: Judgement;
  readonly ledger: Ledger;
  readonly flows: readonly FlowRate[];
}

/** One finding for each cause, what runs out first first. */
export function causesOf(accounted: Accounted): Finding[] {
  const { view, judgement, ledger } = accounted;
  if (judgement.findings.length === 0) return [];
  const grown = judgement.findings.filter((leak) => isGrowth(view, leak));
  const parts = grown.flatMap((leak) => partsOf(leak, { view, ledger }));
  const rises = risesOf(accounted, grown);
  const traced = parts.map((part) => tracedOf(part, ledger, rises));
  const causes = byCause(traced, { ...accounted, tagsOf: tagsAt(view) }).map((cause) => ({
    parts: cause.map(({ part }) => part),
    isGrowth: true,
  }));
  const others = judgement.findings
    .filter((leak) => !grown.includes(leak))
    .map((leak) => ({ parts: [{ ...leak, kinds: new Set<string>() }], isGrowth: false }));
  return [...causes, ...others]
    .map((cause) =>
      findingOf({ ...accounted, ...cause, criteria: judgement.criteria, rises: ofParts(cause, rises) }),
    )
    .toSorted((a, b) => compare(hoursOf(a), hoursOf(b)));
}

/** What the stop left, that it took too long, and a peak too high are told apart from what the load leaves. */
function isGrowth({ record }: RunView, { criterion, left, resource }: Leak): boolean {
  if (criterion === "tasks" || criterion === "memory") return true;
  if (left.length === 0) return criterion === "fds" && resource !== "file descriptors at the peak";
  const atStop = new Set(record.stop?.survivors);
  return !left.every((leftover) => leftover.kind === "process" && atStop.has(leftover.entry));
}

type Rises = ReadonlyMap<CriterionId, readonly CountedRise[]>;

function risesOf({ view, judgement }: Accounted, grown: readonly Leak[]): Rises {
  const counted = grown.map(({ criterion }) => criterion);
  const results = judgement.criteria.filter(({ id }) => counted.includes(id));
  return new Map(results.map((result) => [result.id, countedInTail(view, result)]));
}

function ofParts({ parts }: { readonly parts: readonly Part[] }, rises: Rises): CountedRise[] {
  return parts.flatMap(({ criterion, left }) => (left.length > 0 ? [] : (rises.get(criterion) ?? [])));
}

function tracedOf(part: Part, ledger: Ledger, rises: Rises): Traced {
  const ids = part.left.flatMap((leftover) => ledger.get(leftover)?.operation.id ?? []);
  const inTail = tailOf([part], ledger).flatMap((leftover) => ledger.get(leftover)?.operation.id ?? []);
  const risen = ofParts({ parts: [part] }, rises).map(({ operation }) => operation.id);
  return { part, operations: new Set(ids), alone: new Set([...inTail, ...risen]) };
}

function hoursOf({ resources }: Finding): number {
  return resources[0]?.hoursToExhaustion ?? Number.POSITIVE_INFINITY;
}
