import { commandOf, fdKind, fdLabel, groupBy, listGroups } from "../judge/evidence.js";
import type { RunView } from "../judge/run-view.js";
import { type Exposure, leftBy } from "../judge/wording.js";
import type { Leak } from "../model/finding.js";
import type { Leftover } from "../model/leftover.js";
import type { Operation } from "../model/operation.js";
import type { CriterionId } from "../model/verdict.js";
import type { Ledger } from "./attribute.js";

/** A leak, or one kind of it that has another cause than the rest. */
export interface Part extends Leak {
  /** The kinds of what it left, as `kindOf` tells them. */
  readonly kinds: ReadonlySet<string>;
}

/** Kinds beyond so many go with the main one. */
const mostKinds = 8;
const leastAttributed = 3;
const leastBorn = 10;
const leastInCommon = 0.2;
/** Of Kolmogorov and Smirnov's two-sample test, for a chance of 1 in 1000. */
const rareDistance = 1.95;

const nouns: Readonly<Partial<Record<CriterionId, readonly [string, string]>>> = {
  fds: ["file descriptor", "file descriptors"],
  processes: ["process", "processes"],
  zombies: ["zombie", "zombies"],
};

/**
 * Takes a leak apart where its kinds are left by different flows or operations, or at different times: then they have different
 * causes. What is too little to tell stays with the kind that has the most.
 */
export function partsOf(leak: Leak, { view, ledger }: { view: RunView; ledger: Ledger }): Part[] {
  const clusters: Leftover[][] = [];
  const main: Leftover[] = [];
  for (const [rank, { items }] of groupBy(leak.left, kindOf).entries()) {
    const alike = clusters.find((cluster) => !isApart(cluster, items, ledger));
    if (rank >= mostKinds) main.push(...items);
    else if (alike) alike.push(...items);
    else clusters.push([...items]);
  }
  clusters[0]?.push(...main);
  const noun = nouns[leak.criterion];
  if (clusters.length < 2 || !noun) return [{ ...leak, kinds: new Set(leak.left.map(kindOf)) }];
  return clusters.map((left, index) => ({
    ...leak,
    kinds: new Set(left.map(kindOf)),
    left,
    ...wording(left, noun, view),
    // How the whole set grew is told once.
    evidence: [
      ...groupBy(left, labelOf).map(({ label, items }) => `${label} (${items.length})`),
      ...(index === 0 ? leak.evidence.slice(-1) : []),
    ],
  }));
}

function wording(left: readonly Leftover[], noun: readonly [string, string], during: Exposure) {
  const groups = groupBy(left, labelOf);
  return {
    resource: `${noun[0]} ${groups[0]?.label ?? ""}`,
    summary: `${leftBy(left.length, during, noun)}: ${listGroups(groups, 3)}`,
  };
}

/** What may have one cause: a socket that is reset loses its protocol, and a command has its arguments. */
export function kindOf(leftover: Leftover): string {
  if (leftover.kind === "pty") return "pty";
  if (leftover.kind !== "fd") return leftover.entry.name;
  return fdKind(leftover).replace(/^socket (tcp6?)$/, "socket");
}

function labelOf(leftover: Leftover): string {
  if (leftover.kind === "fd") return fdLabel(leftover);
  return leftover.kind === "pty" ? leftover.hold.side : commandOf(leftover.entry);
}

function isApart(a: readonly Leftover[], b: readonly Leftover[], ledger: Ledger): boolean {
  const [byA, byB] = [ownersOf(a, ledger), ownersOf(b, ledger)];
  if (Math.min(byA.length, byB.length) < leastAttributed) return areBornApart(a, b);
  const flows = new Set(byA.map(({ flow }) => flow));
  if (!byB.some(({ flow }) => flows.has(flow))) return true;
  // Where most are known, one that is of the same cause is of the same operations.
  const isMost = byA.length * 2 >= a.length && byB.length * 2 >= b.length;
  return isMost && shareInCommon(byA, byB) < leastInCommon;
}

/** Of the operations of the one that has fewer. */
function shareInCommon(a: readonly Operation[], b: readonly Operation[]): number {
  const [few, many] = [new Set(a), new Set(b)].toSorted((one, other) => one.size - other.size);
  if (!few || !many) return 0;
  return [...few].filter((operation) => many.has(operation)).length / few.size;
}

function areBornApart(a: readonly Leftover[], b: readonly Leftover[]): boolean {
  const [bornA, bornB] = [birthsOf(a), birthsOf(b)];
  const [n, m] = [bornA.length, bornB.length];
  return Math.min(n, m) >= leastBorn && distance(bornA, bornB) > rareDistance * Math.sqrt((n + m) / (n * m));
}

function ownersOf(left: readonly Leftover[], ledger: Ledger): Operation[] {
  return left.flatMap((leftover) => ledger.get(leftover)?.operation ?? []);
}

function birthsOf(left: readonly Leftover[]): number[] {
  return left.flatMap(({ bornBatch }) => bornBatch ?? []).sort((a, b) => a - b);
}

/** The largest difference between the two shares that came up to a batch. Both sorted. */
function distance(a: readonly number[], b: readonly number[]): number {
  const [shareOfA, shareOfB] = [shareUpTo(a), shareUpTo(b)];
  const batches = [...new Set([...a, ...b])].sort((one, other) => one - other);
  return batches.reduce((most, batch) => Math.max(most, Math.abs(shareOfA(batch) - shareOfB(batch))), 0);
}

/** To be asked in order. */
function shareUpTo(sorted: readonly number[]): (batch: number) => number {
  let count = 0;
  return (batch) => {
    while ((sorted[count] ?? Infinity) <= batch) count++;
    return count / sorted.length;
  };
}
