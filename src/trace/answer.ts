import { findSourceMap } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { groupsOf, type PlacedGroup, type Traced } from "./groups.js";
import { home, type Places } from "./places.js";
import type { TracedFrame } from "./stack.js";

const mostGroups = 500;
const mostFrames = 64;
const mostIds = 10_000;

/** What the inspector's question is answered with: plain data, at most a few megabytes. */
export interface TraceAnswer {
  readonly groups: readonly (Omit<PlacedGroup, "place"> & { readonly stack: readonly TracedFrame[] })[];
  /** The folder of the files that trace, as a URL: what they themselves hold is not the program's. */
  readonly home: string;
  /** Groups that were left out, the smallest ones. */
  readonly left: number;
  /** Things that were not noted, because too many were alive. */
  readonly dropped: number;
}

export function answer(places: Places, traced: Traced): TraceAnswer {
  const all = groupsOf(traced).sort((a, b) => b.count - a.count || b.bytes - a.bytes);
  let ids = mostIds;
  const groups = all.slice(0, mostGroups).map(({ place, ...group }) => {
    const kept = group.ids.slice(0, ids);
    ids -= kept.length;
    return { ...group, ids: kept, stack: places.frames(place).slice(0, mostFrames).map(mapped) };
  });
  const dropped = traced.resources.dropped + traced.buffers.dropped;
  return { groups, home, left: all.length - groups.length, dropped };
}

/** A program that has source maps switched on knows those of files that it compiled itself: only it can map them. */
function mapped(frame: TracedFrame): TracedFrame {
  const path = pathOf(frame.file);
  try {
    const entry = findSourceMap(path)?.findEntry(frame.line - 1, frame.column - 1);
    if (entry && "originalSource" in entry) {
      const base = new URL(`${dirname(path)}/`, "file:///");
      const file = pathOf(new URL(entry.originalSource, base).href);
      return { ...frame, file, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
    }
  } catch {
    // A broken map: the line of the compiled file is still right.
  }
  return { ...frame, file: path };
}

function pathOf(file: string): string {
  try {
    return file.startsWith("file:") ? fileURLToPath(file) : file;
  } catch {
    return file;
  }
}
