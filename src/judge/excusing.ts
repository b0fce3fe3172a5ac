import { type FdEntry, type ProcessEntry, processKey } from "../model/resource.js";
import type { Rule } from "./allowance-rules.js";
import type { Excuses } from "./excuses.js";
import type { RunView } from "./run-view.js";
import { slotsOf } from "./slots.js";

/** A run, and the allowances that are in force. */
export interface Excusing {
  readonly view: RunView;
  readonly excuses: Excuses;
  /** It makes up the server, which is never excused as a whole, whatever its command line. */
  readonly isResident: (process: ProcessEntry) => boolean;
  readonly ofProcess: (entry: ProcessEntry) => readonly Rule[];
  readonly ofFd: (entry: FdEntry) => readonly Rule[];
  /** Of the tasks of one type, as a probe tells it. */
  readonly ofTask: (type: string) => readonly Rule[];
}

export function excusingOf(view: RunView, rules: readonly Rule[], excuses: Excuses): Excusing {
  const find = (kind: Rule["kind"]) => finder(rules.filter((rule) => rule.kind === kind));
  const [ofTarget, ofPeer, ofLine, ofTask] = [find("fd"), find("peer"), find("command"), find("stack")];
  const residents = once(() => residentsOf(view));
  const lines = once(() => linesOf(view));
  const lineOf = (entry: ProcessEntry): string =>
    entry.command || (lines().get(processKey(entry)) ?? entry.name);
  return {
    view,
    excuses,
    isResident: (process) => residents().has(processKey(process)),
    ofProcess: (entry) => ofLine?.(lineOf(entry)) ?? none,
    ofFd: ({ target, socket }) => {
      const byTarget = ofTarget?.(target) ?? none;
      const byPeer = socket && ofPeer ? ofPeer(socket.peer) : none;
      return byPeer.length === 0 ? byTarget : rules.filter(isAmong([...byTarget, ...byPeer]));
    },
    ofTask: (type) => ofTask?.(type) ?? none,
  };
}

function isAmong(rules: readonly Rule[]): (rule: Rule) => boolean {
  return (rule) => rules.includes(rule);
}

const none: readonly Rule[] = [];
/** Most of what was looked for is there again at the next look. */
const mostKept = 20_000;

/** The rules that match a text; undefined where there are none at all. */
function finder(rules: readonly Rule[]): ((text: string) => readonly Rule[]) | undefined {
  if (rules.length === 0) return undefined;
  const kept = new Map<string, readonly Rule[]>();
  return (text) => {
    const known = kept.get(text);
    if (known) return known;
    const found = rules.filter(({ matches }) => matches(text));
    if (kept.size >= mostKept) kept.clear();
    kept.set(text, found.length === 0 ? none : found);
    return found;
  };
}

/** Those that filled a place of the server at some time, restarted ones included. */
function residentsOf(view: RunView): ReadonlySet<string> {
  const stays = slotsOf(view).flatMap(({ baseline, batches, drain }) => [...baseline, ...batches, ...drain]);
  return new Set(stays.flatMap((occupant) => (occupant ? [processKey(occupant.entry)] : [])));
}

/** The command lines of those that have lost theirs, as zombies have. */
function linesOf({ record }: RunView): ReadonlyMap<string, string> {
  const seen = record.snapshots.flatMap(({ processes }) => processes).filter(({ command }) => command !== "");
  return new Map(seen.map((entry) => [processKey(entry), entry.command]));
}

export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
