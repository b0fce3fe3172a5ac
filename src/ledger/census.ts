import { occupantsAt } from "../judge/slots.js";
import type { RunView } from "../judge/run-view.js";
import { type ProcessEntry, processKey, type SessionMark } from "../model/resource.js";

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
  const old = new Set(baseline.flatMap(({ processes }) => processes.map(processKey)));
  const oldGroups = new Set(baseline.flatMap(({ processes }) => processes.flatMap(groupsOf)));
  const occupants = occupantsOf(view);
  const known = new Map<string, Draft>();
  const since = record.snapshots.findLastIndex(({ phase }) => phase === "baseline") + 1;
  for (const { processes } of record.snapshots.slice(since)) meet(processes, known, old);
  if (record.stop) meet(record.stop.survivors, known, old);
  return new Map(
    [...known.values()].map((draft) => {
      const { marks, groups, ...more } = draft;
      const mark = marks.length === 1 ? marks[0] : undefined;
      const ties = groups.filter((group) => !oldGroups.has(group));
      return [draft.key, { ...more, mark, groups: ties, isServant: occupants.has(draft.key) }];
    }),
  );
}

type Draft = Omit<Known, "mark" | "isServant"> & { readonly marks: SessionMark[] };

function groupsOf({ sid, pgid }: ProcessEntry): number[] {
  return sid === pgid ? [sid] : [sid, pgid];
}

function meet(processes: readonly ProcessEntry[], known: Map<string, Draft>, old: ReadonlySet<string>): void {
  let byPid: ReadonlyMap<number, ProcessEntry> | undefined;
  for (const entry of processes) {
    const key = processKey(entry);
    if (old.has(key)) continue;
    let draft = known.get(key);
    if (!draft) {
      byPid ??= new Map(processes.map((entry) => [entry.pid, entry]));
      draft = draftOf(entry, byPid);
      known.set(key, draft);
    }
    const { mark } = entry;
    if (mark && draft.marks.every(({ operation }) => operation !== mark.operation)) draft.marks.push(mark);
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
function occupantsOf(view: RunView): ReadonlySet<string> {
  const at = occupantsAt(view);
  return new Set([...view.batches, ...view.drain].flatMap((look) => [...at(look)]));
}
