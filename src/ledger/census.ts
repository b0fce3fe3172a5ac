import { occupantsAt } from "../judge/slots.js";
import type { RunView } from "../judge/run-view.js";
import { type ProcessEntry, type ProcessIdentity, processKey, type SessionMark } from "../model/resource.js";

/** One process that came after the baseline, as all looks at it tell. */
export interface Known {
  readonly key: string;
  /** As it was seen first: a zombie has lost its command line, an orphan its parent. */
  readonly first: ProcessEntry;
  /** Undefined where it never bore one, and where it bore two different ones. */
  readonly mark: SessionMark | undefined;
  /** Keys of its parent and of the leaders of its session and its process group, where they were seen beside it. */
  readonly elders: readonly string[];
  /** Sessions and process groups whose leader was gone at the first look. */
  readonly groups: readonly number[];
  /** It took the place of a process of the baseline: it serves every session, so nothing comes of it by ties. */
  readonly isServant: boolean;
}

/** Every process of the run that was not there at the baseline, by its key. */
export type Census = ReadonlyMap<string, Known>;

export function censusOf(view: RunView): Census {
  const { record, baseline } = view;
  const drafts = new Drafts(baseline.flatMap(({ processes }) => processes));
  const since = record.snapshots.findLastIndex(({ phase }) => phase === "baseline") + 1;
  for (const { processes } of record.snapshots.slice(since)) drafts.meet(processes);
  if (record.stop) drafts.meet(record.stop.survivors);
  const oldGroups = new Set(baseline.flatMap(({ processes }) => processes.flatMap(groupsOf)));
  const servants = servantsOf(view);
  return new Map(
    drafts.all.map(({ marks, groups, ...more }) => {
      const mark = marks.length === 1 ? marks[0] : undefined;
      const ties = groups.filter((group) => !oldGroups.has(group));
      return [more.key, { ...more, mark, groups: ties, isServant: servants.has(more.key) }];
    }),
  );
}

type Draft = Omit<Known, "mark" | "isServant"> & { readonly marks: SessionMark[] };

function groupsOf({ sid, pgid }: ProcessEntry): number[] {
  return sid === pgid ? [sid] : [sid, pgid];
}

/** Those that have been met. The same one is met at every look: keys are strings, and made once for each. */
class Drafts {
  readonly all: Draft[] = [];
  readonly #old = new Map<number, number>();
  readonly #latest = new Map<number, Draft>();
  readonly #byKey = new Map<string, Draft>();

  constructor(old: readonly ProcessIdentity[]) {
    for (const { pid, startTicks } of old) this.#old.set(pid, startTicks);
  }

  meet(processes: readonly ProcessEntry[]): void {
    let byPid: ReadonlyMap<number, ProcessEntry> | undefined;
    for (const entry of processes) {
      if (this.#old.get(entry.pid) === entry.startTicks) continue;
      const known = this.#find(entry);
      byPid ??= known ? undefined : new Map(processes.map((entry) => [entry.pid, entry]));
      const draft = known ?? this.#add(draftOf(entry, byPid ?? new Map()));
      const { mark } = entry;
      if (mark && draft.marks.every(({ operation }) => operation !== mark.operation)) draft.marks.push(mark);
    }
  }

  #find(entry: ProcessEntry): Draft | undefined {
    const latest = this.#latest.get(entry.pid);
    return latest?.first.startTicks === entry.startTicks ? latest : this.#byKey.get(processKey(entry));
  }

  #add(draft: Draft): Draft {
    this.all.push(draft);
    this.#latest.set(draft.first.pid, draft);
    this.#byKey.set(draft.key, draft);
    return draft;
  }
}

function draftOf(first: ProcessEntry, byPid: ReadonlyMap<number, ProcessEntry>): Draft {
  const key = processKey(first);
  const elderOf = (pid: number): string | undefined => {
    const elder = byPid.get(pid);
    // A pid that was given to a younger one in between is another process.
    return elder && elder.startTicks <= first.startTicks ? processKey(elder) : undefined;
  };
  const above = [first.ppid, ...groupsOf(first)].flatMap((pid) => elderOf(pid) ?? []);
  return {
    key,
    first,
    marks: [],
    elders: [...new Set(above)].filter((elder) => elder !== key),
    groups: groupsOf(first).filter((pid) => pid > 0 && elderOf(pid) === undefined),
  };
}

/** At any time: one that was replaced in its turn was a servant as well. */
function servantsOf(view: RunView): ReadonlySet<string> {
  const at = occupantsAt(view);
  return new Set([...view.batches, ...view.drain].flatMap((look) => [...at(look)]));
}
