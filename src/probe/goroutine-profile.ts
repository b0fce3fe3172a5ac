import { frameOfProfile } from "./go-frame.js";
import { isWriter } from "./goroutine-dump.js";
import { type GoroutineGroup, type Goroutines, maxGroups } from "./goroutines.js";

const title = /^goroutine profile: total (\d+)$/;
const record = /^(\d+) @/;
const reader = "net/http.(*connReader).backgroundRead";

/**
 * The goroutines of `/debug/pprof/goroutine?debug=1`, counted by stack there; who started them is not told. Not counted
 * are the one that writes the profile and the reader in the background of its connection.
 * Source: runtime/pprof/pprof.go (printCountProfile, printStackRecord).
 * @throws Error where the text is no such profile, or is cut short.
 */
export function parseGoroutineProfile(text: string): Goroutines {
  const [first = "", ...blocks] = text.split(/\n(?=\d+ @)/);
  const total = title.exec(first.trim())?.[1];
  if (total === undefined) {
    throw new Error(`not a goroutine profile but ${JSON.stringify(text.slice(0, 60))}`);
  }
  const all = blocks.map(parseBlock);
  const told = sumOf(all);
  if (told !== Number(total)) throw new Error(`cut short: it tells of ${told} goroutines of ${total}`);
  const groups = withoutOurs(all);
  const kept = groups.slice(0, maxGroups);
  return { total: sumOf(groups), groups: kept, ungrouped: sumOf(groups.slice(maxGroups)) };
}

function parseBlock(text: string): GoroutineGroup {
  const lines = text.split("\n");
  const frames = lines
    .filter((line) => line.startsWith("#\t0x"))
    .flatMap((line) => frameOfProfile(line) ?? []);
  return { count: Number(record.exec(text)?.[1]), frames };
}

function withoutOurs(groups: readonly GoroutineGroup[]): GoroutineGroup[] {
  if (!groups.some(({ frames }) => frames.some(isWriter))) return [...groups];
  const ours = groups.findIndex(({ frames }) => frames.at(-1)?.name === reader);
  return groups
    .map((group, index) => (index === ours ? { ...group, count: group.count - 1 } : group))
    .filter(({ count, frames }) => count > 0 && !frames.some(isWriter));
}

function sumOf(groups: readonly GoroutineGroup[]): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}
