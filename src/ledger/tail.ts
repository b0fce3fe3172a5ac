import { commandOf, fdKind } from "../judge/evidence.js";
import type { Leftover } from "../model/leftover.js";
import type { Operation } from "../model/operation.js";
import { fdKey, isZombie, processKey, ptyHolds } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Attribution } from "./attribute.js";
import { bornAfter } from "./births.js";
import { Scene, type Known } from "./scene.js";

/**
 * What operations of the tail left: it was first there after one of them had run alone, and is still there at the end of
 * the tail. Where something of the same kind has gone meanwhile, it may have been replaced, and only a mark counts.
 */
export function leftInTail(known: Known): Map<Leftover, Attribution> {
  const { view } = known;
  const last = view.tail.at(-1);
  const ledger = new Map<Leftover, Attribution>();
  if (!last || view.tail.length < 2) return ledger;
  const before = new Map([...view.drain.slice(-1), ...view.tail.slice(0, 1)].flatMap((look) => keyed(look, known)));
  const there = new Map(keyed(last, known));
  const gone = new Set([...before].flatMap(([key, { kind }]) => (there.has(key) ? [] : [kind])));
  const scene = new Scene({ ...known, look: last });
  const firsts = firstLooks(new Set([...there.keys()].filter((key) => !before.has(key))), known);
  for (const [key, { look, operation }] of firsts) {
    const thing = there.get(key);
    if (!thing) continue;
    const born = bornAfter(operation, look);
    const found = surest(scene.attributionOf(thing.leftover, born), operation);
    if (found?.sureness === "certain" || (found && !gone.has(thing.kind))) ledger.set(thing.leftover, found);
  }
  return ledger;
}

function surest(found: Attribution | undefined, operation: Operation): Attribution | undefined {
  if (found?.sureness === "certain") return found;
  if (found && found.operation !== operation) return undefined;
  return { operation, sureness: "likely", because: "it was there first after this one had run alone" };
}

interface First {
  readonly look: Snapshot;
  readonly operation: Operation;
}

/** For each thing the first of the unbroken row of looks, up to the last, that saw it. */
function firstLooks(keys: ReadonlySet<string>, known: Known): Map<string, First> {
  const { tail, record } = known.view;
  const operations = new Map(record.operations.map((operation) => [operation.id, operation]));
  const firsts = new Map<string, First>();
  let row = keys;
  for (const look of tail.slice(1).toReversed()) {
    row = new Set(keyed(look, known).flatMap(([key]) => (row.has(key) ? [key] : [])));
    const operation = operations.get(look.after ?? 0);
    for (const key of row) {
      if (operation) firsts.set(key, { look, operation });
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
function keyed(look: Snapshot, { view, census }: Known): [string, Thing][] {
  const pids = new Set(look.processes.map(({ pid }) => pid));
  const survivors = new Set(view.drain.at(-1)?.processes.map(processKey));
  const bornBatch = undefined;
  return look.processes.flatMap((holder): [string, Thing][] => {
    const key = processKey(holder);
    const novel = census.get(key);
    if (isZombie(holder)) {
      const zombie: Leftover = { kind: "zombie", entry: holder, bornBatch };
      return pids.has(holder.ppid) ? [[`zombie ${key}`, { kind: "zombie", leftover: zombie }]] : [];
    }
    const ptys = ptyHolds([holder]).map((hold): [string, Thing] => {
      const name = `pty ${hold.ptsNumber} ${hold.side}`;
      return [`${name} ${key}`, { kind: `pty ${hold.side}`, leftover: { kind: "pty", hold, bornBatch } }];
    });
    const process: Thing = {
      kind: `process ${commandOf(holder)}`,
      leftover: { kind: "process", entry: holder, bornBatch },
    };
    if (novel && !novel.isServant) return [[`process ${key}`, process], ...ptys];
    // One that was restarted in the tail holds new things, and left none.
    if (!survivors.has(key)) return [];
    const fds = (holder.fds ?? []).map((entry): [string, Thing] => [
      `${fdKey(holder, entry)} ${entry.ptsNumber ?? ""}`,
      { kind: fdKind({ holder, entry }), leftover: { kind: "fd", holder, entry, bornBatch } },
    ]);
    return [...fds, ...ptys];
  });
}
