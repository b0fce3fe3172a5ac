import type { RunRecord } from "../../model/record.js";
import { isZombie, type ProcessEntry, processKey } from "../../model/resource.js";
import type { Snapshot } from "../../model/snapshot.js";
import { html, type Markup, type Part } from "./markup.js";
import { theirs } from "./theirs.js";

/** Of a tree of thousands nobody reads more; the record has all. */
const mostProcesses = 150;

interface Tree {
  readonly children: ReadonlyMap<number, readonly ProcessEntry[]>;
  /** Those that the other tree has, too. */
  readonly known: ReadonlySet<string>;
  /** What the others are: `new` or `gone`. */
  readonly word: "new" | "gone";
  /** How many may still be shown. */
  room: number;
}

/** Who was there before the load and who after it; what differs is marked. */
export function processTrees({ snapshots }: RunRecord): Markup | undefined {
  const before = snapshots.findLast(({ phase }) => phase === "baseline");
  const after =
    snapshots.findLast(({ phase }) => phase === "drain") ??
    snapshots.findLast(({ phase }) => phase === "batch");
  if (!before || !after) return undefined;
  const name = after.phase === "drain" ? "After the drain" : "After the last batch";
  return html`<div class="pair"><div><h4>At the baseline</h4>${treeOf(before, after, "gone")}</div>
<div><h4>${name}</h4>${treeOf(after, before, "new")}</div></div>`;
}

function treeOf({ processes }: Snapshot, other: Snapshot, word: Tree["word"]): Markup {
  const pids = new Set(processes.map(({ pid }) => pid));
  const tree: Tree = {
    children: byParent(processes),
    known: new Set(other.processes.map(processKey)),
    word,
    room: mostProcesses,
  };
  const roots = processes.filter(({ ppid }) => !pids.has(ppid));
  const shown = branches(roots, tree);
  const more = processes.length - (mostProcesses - tree.room);
  return html`<p class="fine">${countText(processes, tree)}</p><ul class="tree">${shown}</ul>${more > 0 ? html`<p class="fine">and ${more} more in the record</p>` : undefined}`;
}

function byParent(processes: readonly ProcessEntry[]): Map<number, ProcessEntry[]> {
  const children = new Map<number, ProcessEntry[]>();
  for (const entry of processes) {
    const siblings = children.get(entry.ppid) ?? [];
    siblings.push(entry);
    children.set(entry.ppid, siblings);
  }
  return children;
}

function countText(processes: readonly ProcessEntry[], { known, word }: Tree): string {
  const other = processes.filter((entry) => !known.has(processKey(entry))).length;
  const total = `${processes.length} ${processes.length === 1 ? "process" : "processes"}`;
  return other === 0 ? total : `${total}, ${other} ${word === "gone" ? "gone later" : "new"}`;
}

function branches(entries: readonly ProcessEntry[], tree: Tree): Part {
  return entries.map((entry) => {
    if (tree.room <= 0) return undefined;
    tree.room--;
    const children = branches(tree.children.get(entry.pid) ?? [], tree);
    const below = Array.isArray(children) && children.length > 0 ? html`<ul>${children}</ul>` : undefined;
    return html`<li>${leafOf(entry, tree)}${below}</li>`;
  });
}

function leafOf(entry: ProcessEntry, { known, word }: Tree): Markup {
  const { pid, command, name, threads, fdCount, fds, mark } = entry;
  const held = fdCount ?? fds?.length;
  const facts = [
    ...(isZombie(entry) ? ["zombie"] : [`${threads} ${threads === 1 ? "thread" : "threads"}`]),
    ...(held === undefined ? [] : [`${held} fds`]),
    ...(mark === undefined ? [] : [`of operation ${mark.operation}`]),
  ];
  const sign = known.has(processKey(entry)) ? undefined : html` <span class="tag ${word}">${word}</span>`;
  return html`<span class="number">${pid}</span> <code>${theirs(command || `[${name}]`)}</code>${sign} <span class="quiet">${facts.join(", ")}</span>`;
}
