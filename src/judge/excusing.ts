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
  const commands = rules.filter(({ kind }) => kind === "command");
  const residents = once(() => residentsOf(view));
  const lines = once(() => linesOf(view));
  const lineOf = (entry: ProcessEntry): string =>
    entry.command || (lines().get(processKey(entry)) ?? entry.name);
  const fds = rules.filter(({ kind }) => kind === "fd" || kind === "peer");
  const tasks = rules.filter(({ kind }) => kind === "stack");
  return {
    view,
    excuses,
    isResident: (process) => residents().has(processKey(process)),
    ofProcess: (entry) =>
      commands.length === 0 ? [] : commands.filter(({ matches }) => matches(lineOf(entry))),
    ofFd: ({ target, socket }) =>
      fds.filter(({ kind, matches }) =>
        kind === "fd" ? matches(target) : socket !== undefined && matches(socket.peer),
      ),
    ofTask: (type) => tasks.filter(({ matches }) => matches(type)),
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
