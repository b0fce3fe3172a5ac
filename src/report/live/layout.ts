import { inert } from "../inert.js";
import { type Paint, paintOf } from "../paint.js";
import { cut, textWidth } from "../text-width.js";
import { helpLines, keysLine } from "./keys.js";
import { liveLine } from "./line.js";
import { loadLine } from "./load-line.js";
import { phasesLine } from "./phases.js";
import { resourceHead, resourceLines, resourcesLine } from "./resources.js";
import type { LiveState, Room } from "./state.js";
import { title } from "./title.js";

/** Below this a view of several lines says less than one line. */
const leastColumns = 24;
const leastRows = 3;
/** With more rows one stays free, for what was said before. */
const fewRows = 4;
const widestTitle = 79;
/** So many lines of resources are worth more than one that holds them all. */
const fewestResources = 2;

/** Lines that belong together, and their place in the order of what may go. */
interface Block {
  readonly lines: readonly string[];
  readonly rank: number;
}

/** The live view: at most `rows` lines, each below `columns`. What matters least gives way first. */
export function liveLines(state: LiveState, room: Room): string[] {
  const { columns, rows, colour } = room;
  const paint = paintOf(colour);
  if (rows < leastRows || columns < leastColumns) return [liveLine(state.progress, columns)];
  const most = rows > fewRows ? rows - 1 : rows;
  return fill(blocksOf(state, { width: columns - 1, most, paint }), most);
}

interface Space {
  readonly width: number;
  readonly most: number;
  readonly paint: Paint;
}

function blocksOf(state: LiveState, space: Space): Block[] {
  const { width, paint } = space;
  const { keys, help } = state;
  const load = loadLine(state, width, paint);
  const head: Block[] = [
    { lines: [titleLine(state, space)], rank: 0 },
    { lines: [phasesLine(state, width, paint)], rank: 3 },
    { lines: load === "" ? [] : [load], rank: 1 },
  ];
  const waits = waitsOf(state);
  const foot: Block[] = [
    { lines: waits === undefined ? [] : [cut(waits, width)], rank: 5 },
    { lines: keys ? [keysLine(state, width, paint)] : [], rank: 4 },
  ];
  const body = help
    ? helpLines(state, width).map((line) => ({ lines: [line], rank: 0 }))
    : resourceBlocks(state, space);
  return [...head, ...(body.length > 0 ? [blank(9)] : []), ...body, blank(8), ...foot];
}

function blank(rank: number): Block {
  return { lines: [""], rank };
}

function titleLine(state: LiveState, { width, paint }: Space): string {
  // Farther apart they would not be read together, and the line would break where the terminal becomes narrower.
  const most = Math.min(width, widestTitle);
  const { left, right } = title(state, most);
  const between = " ".repeat(Math.max(0, most - textWidth(left) - textWidth(right)));
  const told = !state.pausing ? right : paint.like("inconclusive", right);
  return `${paint.strong(left)}${right === "" ? "" : between + told}`;
}

/** A line for each where there is room, else one for all. */
function resourceBlocks({ rows, kind }: LiveState, { width, most, paint }: Space): Block[] {
  if (rows.length === 0) return [];
  // The three lines of the head and that of the keys come before.
  const left = most - 4;
  if (left < fewestResources) return [{ lines: [resourcesLine(rows, width)], rank: 2 }];
  const lines = resourceLines(rows, width, paint);
  const when = kind === "watch" ? ["at each look", "looks"] : ["at each quiet point", "in the quiet"];
  const head = { lines: [resourceHead(width, when, paint)], rank: 6 };
  return [head, ...lines.map((line, index) => ({ lines: [line], rank: rankOf(index) }))];
}

/** The first few matter more than the keys, the last ones less than what the judge waits for. */
function rankOf(index: number): number {
  if (index < 3) return 2;
  return (index < 5 ? 4 : 5) + (index + 1) / 10;
}

function waitsOf({ progress, kind, stopping }: LiveState): string | undefined {
  if (stopping) return "stopping: no more load, judging what there is";
  // Before the baseline there is nothing to judge yet.
  const who = progress.phase === "start" ? "waiting for" : "the judge waits for";
  if (progress.waitsFor !== undefined) return `${who} ${inert(progress.waitsFor)}`;
  return kind === "why" ? "the guilty flow again, to see where it is made" : undefined;
}

/** Leaves out blocks until the lines fit. */
function fill(blocks: readonly Block[], most: number): string[] {
  let kept = blocks.filter(({ lines }) => lines.length > 0);
  const size = (): number => kept.reduce((sum, { lines }) => sum + lines.length, 0);
  while (size() > most && kept.length > 1) {
    const least = Math.max(...kept.map(({ rank }) => rank));
    const index = kept.findLastIndex(({ rank }) => rank === least);
    kept = kept.toSpliced(index, 1);
  }
  return kept.flatMap(({ lines }) => lines).slice(0, most);
}
