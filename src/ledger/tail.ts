import { commandOf, fdKind } from "../judge/evidence.js";
import type { Leftover } from "../model/leftover.js";
import type { Operation } from "../model/operation.js";
import { fdKey, isZombie, type ProcessEntry, processKey, ptyHolds } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Attribution } from "./attribute.js";
import { bornAfter } from "./births.js";
import { ranAlone } from "./ran-alone.js";
import { Scene, type Known } from "./scene.js";

/** No batch is theirs. */
const bornBatch = undefined;

/**
 * What operations of the tail left: it was first there after one of them had run alone, and is still there at the end of
 * the tail. Where something of the same kind has gone meanwhile, it may have been replaced, and only a mark counts.
 */
export function leftInTail(known: Known): Map<Leftover, Attribution> {
  const { view } = known;
  const last = view.tail.at(-1);
  const ledger = new Map<Leftover, Attribution>();
  if (!last || view.tail.length < 2) return ledger;
  const before = new Map(
    [...view.drain.slice(-1), ...view.tail.slice(0, 1)].flatMap((look) => keyed(look, known)),
  );
  const there = new Map(keyed(last, known));
  const gone = new Set([...before].flatMap(([key, { kind }]) => (there.has(key) ? [] : [kind])));
  const scene = new Scene({ ...known, look: last });
  const fresh = new Set([...there.keys()].filter((key) => !before.has(key)));
  for (const [key, operation] of firstAfter(fresh, known)) {
    const thing = there.get(key);
    if (!thing) continue;
    const found = surest(scene.attributionOf(thing.leftover, bornAfter(operation)), operation);
    if (found?.sureness === "certain" || (found && !gone.has(thing.kind))) ledger.set(thing.leftover, found);
  }
  return ledger;
}

function surest(found: Attribution | undefined, operation: Operation): Attribution | undefined {
  if (found?.sureness === "certain") return found;
  if (found && found.operation !== operation) return undefined;
  return { operation, sureness: "likely", because: "it was there first after this one had run alone" };
}

/** For each thing the operation that ran before the first of the unbroken row of looks, up to the last, that saw it. */
function firstAfter(keys: ReadonlySet<string>, known: Known): Map<string, Operation> {
  const { tail } = known.view;
  const operations = ranAlone(known.view);
  const firsts = new Map<string, Operation>();
  let row = keys;
  for (const [index, look] of [...tail.slice(1).entries()].toReversed()) {
    row = new Set(keyed(look, known).flatMap(([key]) => (row.has(key) ? [key] : [])));
    const operation = operations[index];
    for (const key of row) {
      if (operation) firsts.set(key, operation);
      else firsts.delete(key);
    }
  }
  return firsts;
}

interface Thing {
  readonly kind: string;
  readonly leftover: Leftover;
}

/** Everything that one look saw, as the criteria count it: fds of the servants, processes, zombies and PTYs of all. */
function keyed({ processes }: Snapshot, { view, census }: Known): [string, Thing][] {
  const pids = new Set(processes.map(({ pid }) => pid));
  const survivors = new Set(view.drain.at(-1)?.processes.map(processKey));
  return processes.flatMap((entry) => {
    const key = processKey(entry);
    if (isZombie(entry)) return pids.has(entry.ppid) ? [zombieOf(entry)] : [];
    const known = census.get(key);
    // One that was restarted in the tail holds new things, and left none.
    const isServant = survivors.has(key) && (known?.isServant ?? true);
    return [processOf(entry), ...ptysOf(entry), ...(isServant ? fdsOf(entry) : [])];
  });
}

function zombieOf(entry: ProcessEntry): [string, Thing] {
  return [
    `zombie ${processKey(entry)}`,
    { kind: `zombie ${entry.name}`, leftover: { kind: "zombie", entry, bornBatch } },
  ];
}

function processOf(entry: ProcessEntry): [string, Thing] {
  const kind = `process ${commandOf(entry).replace(/\d+/g, "N")}`;
  return [`process ${processKey(entry)}`, { kind, leftover: { kind: "process", entry, bornBatch } }];
}

function ptysOf(holder: ProcessEntry): [string, Thing][] {
  return ptyHolds([holder]).map((hold) => [
    `pty ${hold.ptsNumber} ${hold.side} ${processKey(holder)}`,
    { kind: `pty ${hold.side}`, leftover: { kind: "pty", hold, bornBatch } },
  ]);
}

function fdsOf(holder: ProcessEntry): [string, Thing][] {
  return (holder.fds ?? []).map((entry) => [
    `${fdKey(holder, entry)} ${entry.ptsNumber ?? ""}`,
    { kind: fdKind({ holder, entry }), leftover: { kind: "fd", holder, entry, bornBatch } },
  ]);
}
