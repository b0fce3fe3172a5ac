import { isZombie, type ProcessEntry, processKey, ptyHolds } from "../model/resource.js";
import type { StopLine } from "../model/record.js";
import type { Snapshot } from "../model/snapshot.js";
import type { CriterionId } from "../model/verdict.js";
import { commandOf } from "./evidence.js";
import { excuseFds } from "./left-fds.js";
import type { Excusing } from "./excusing.js";
import { holdingsOf } from "./holdings.js";

/** What is excused, by its key. */
export interface ExcusedThings {
  readonly processes: ReadonlySet<string>;
  readonly fds: ReadonlySet<string>;
}

/** Asks for everything that was left after the drain, what came first first: of a pool these are its members. */
export function excuseLeftovers(excusing: Excusing): ExcusedThings {
  const processes = excuseProcesses(excusing);
  return { processes, fds: excuseFds(excusing, processes) };
}

function excuseProcesses(excusing: Excusing): Set<string> {
  const holdings = holdingsOf(excusing.view, (look) =>
    countedOf(look).map((item) => ({ key: processKey(item), kind: commandOf(item), item })),
  );
  const left =
    holdings?.survivors.filter(({ standsIn, item }) => !standsIn && !excusing.isResident(item)) ?? [];
  const excused = excusedOf(
    excusing,
    left.map(({ item }) => item),
  );
  return new Set(excused.map(processKey));
}

function excusedOf({ excuses, ofProcess }: Excusing, left: readonly ProcessEntry[]): ProcessEntry[] {
  const byAge = left.toSorted((a, b) => a.startTicks - b.startTicks || a.pid - b.pid);
  return byAge.filter((entry) => {
    const plea = {
      rules: ofProcess(entry),
      holder: processKey(entry),
      criteria: criteriaOf(entry),
      count: 1,
    };
    return excuses.ask(plea) === 1;
  });
}

/** A zombie whose parent is no longer of the tree is not held against the target in the first place. */
function countedOf({ processes }: Snapshot): readonly ProcessEntry[] {
  const pids = new Set(processes.map(({ pid }) => pid));
  return processes.filter((entry) => !isZombie(entry) || pids.has(entry.ppid));
}

function criteriaOf(entry: ProcessEntry): readonly CriterionId[] {
  if (isZombie(entry)) return ["zombies"];
  return ptyHolds([entry]).length > 0 ? ["processes", "ptys"] : ["processes"];
}

/** The stop without those that may outlive it: of the server's own processes all but the first. */
export function excuseSurvivors(excusing: Excusing, { processes }: ExcusedThings): StopLine | undefined {
  const { stop, started } = excusing.view.record;
  if (!stop) return undefined;
  const unknown = stop.survivors.filter(
    (entry) => entry.pid !== started?.pid && !processes.has(processKey(entry)),
  );
  const excused = new Set([...processes, ...excusedOf(excusing, unknown).map(processKey)]);
  const survivors = stop.survivors.filter((entry) => !excused.has(processKey(entry)));
  const isAsItWas = survivors.length === stop.survivors.length;
  return isAsItWas ? stop : { ...stop, survivors, graceful: survivors.length === 0 };
}
