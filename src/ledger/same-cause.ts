import type { RunView } from "../judge/run-view.js";
import type { FlowRate } from "../model/finding.js";
import { type Coming, comingOf, keepStep } from "./keep-step.js";
import type { Part } from "./parts.js";
import type { TagsOf } from "./things.js";

/** A part, and what is known of who left it. */
export interface Traced {
  readonly part: Part;
  /** Operations of the load that left some of it. */
  readonly operations: ReadonlySet<number>;
  /** Those of the tail. */
  readonly alone: ReadonlySet<number>;
}

interface Surroundings {
  readonly view: RunView;
  readonly flows: readonly FlowRate[];
  readonly tagsOf: TagsOf;
}

const leastTied = 0.5;
const leastOverlap = 0.8;
const leastOperations = 3;

/** Puts together what has one cause: each of the groups is one. */
export function byCause(traced: readonly Traced[], surroundings: Surroundings): Traced[][] {
  const facts = traced.map((one) => ({ ...one, ...factsOf(one.part, surroundings) }));
  const causes: (typeof facts)[] = [];
  for (const one of facts) {
    const same = causes.filter((cause) => cause.some((other) => isSameCause(one, other, surroundings)));
    for (const cause of same) causes.splice(causes.indexOf(cause), 1);
    causes.push([...same.flat(), one]);
  }
  return causes;
}

interface Facts extends Traced {
  /** For each thing its tags. */
  readonly tags: readonly (readonly string[])[];
  readonly all: ReadonlySet<string>;
  /** Undefined = it cannot be told when it came. */
  readonly coming: Coming | undefined;
}

function factsOf(part: Part, { view, tagsOf }: Surroundings): Pick<Facts, "tags" | "all" | "coming"> {
  const tags = part.left.map(tagsOf);
  return { tags, all: new Set(tags.flat()), coming: comingOf(part, view) };
}

function isSameCause(a: Facts, b: Facts, { flows }: Surroundings): boolean {
  if (isTied(a, b) || overlaps(a.operations, b.operations) || overlaps(a.alone, b.alone)) return true;
  const isCounted = a.part.left.length === 0 || b.part.left.length === 0;
  return isCounted && canHaveSameFlows(a.part, b.part, flows) && keepStep(a.coming, b.coming);
}

/** Half of the fewer things are the others, or tied to them. */
function isTied(a: Facts, b: Facts): boolean {
  const [few, many] = a.tags.length <= b.tags.length ? [a, b] : [b, a];
  if (few.tags.length === 0) return false;
  const tied = few.tags.filter((tags) => tags.some((tag) => many.all.has(tag))).length;
  return tied >= leastTied * few.tags.length;
}

/** By the index of Jaccard: what both have, of what either has. */
function overlaps(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  if (Math.min(a.size, b.size) < leastOperations) return false;
  const both = [...a].filter((id) => b.has(id)).length;
  return both >= leastOverlap * (a.size + b.size - both);
}

/** None that surely leaks the one is clean of the other. */
function canHaveSameFlows(a: Part, b: Part, flows: readonly FlowRate[]): boolean {
  const told = (of: Part, wanted: FlowRate["verdict"]): string[] =>
    flows.flatMap(({ criterion, flow, verdict }) =>
      criterion === of.criterion && verdict === wanted ? [flow] : [],
    );
  const contradicts = (one: Part, other: Part): boolean => {
    const clean = new Set(told(other, "clean"));
    return told(one, "leaks").some((flow) => clean.has(flow));
  };
  return !contradicts(a, b) && !contradicts(b, a);
}
