import { commandOf, fdLabel } from "../judge/evidence.js";
import { isZombie, type ProcessEntry, ptyHolds } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Growth } from "../model/watching.js";

type Amounts = Map<string, number>;

const mostKinds = 3;

/** How much there is of each kind. */
const measures: Readonly<Record<Growth["what"], (entry: ProcessEntry, add: Add) => void>> = {
  fds: (holder, add) => holder.fds?.forEach((entry) => add(fdLabel({ holder, entry }), 1)),
  processes: (entry, add) => (isZombie(entry) ? undefined : add(commandOf(entry), 1)),
  zombies: (entry, add) => (isZombie(entry) ? add(commandOf(entry), 1) : undefined),
  threads: (entry, add) => (isZombie(entry) ? undefined : add(commandOf(entry), entry.threads)),
  memory: (entry, add) => add(commandOf(entry), entry.memory?.rssBytes ?? 0),
  ptys: (entry, add) => ptyHolds([entry]).forEach(({ side }) => add(`${side} of ${commandOf(entry)}`, 1)),
};

type Add = (label: string, amount: number) => void;

/** What of a resource there is in all. */
export function amountOf(what: Growth["what"], { processes }: Snapshot): number {
  // The count can be read where the fds themselves cannot.
  if (what === "fds") return processes.reduce((sum, { fdCount }) => sum + (fdCount ?? 0), 0);
  let sum = 0;
  for (const entry of processes) measures[what](entry, (_, amount) => (sum += amount));
  return sum;
}

/** What there is more of in the later look, most first. */
export function grownKinds(what: Growth["what"], before: Snapshot, now: Snapshot): Growth["kinds"] {
  const [old, late] = [amountsOf(what, before), amountsOf(what, now)];
  return [...late]
    .map(([label, amount]) => ({ label, more: amount - (old.get(label) ?? 0) }))
    .filter(({ more }) => more > 0)
    .sort((a, b) => b.more - a.more)
    .slice(0, mostKinds);
}

function amountsOf(what: Growth["what"], { processes }: Snapshot): Amounts {
  const amounts: Amounts = new Map();
  const add: Add = (label, amount) => void amounts.set(label, (amounts.get(label) ?? 0) + amount);
  for (const entry of processes) measures[what](entry, add);
  return amounts;
}
