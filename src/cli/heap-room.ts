import { getHeapStatistics } from "node:v8";
import { brokeProblem } from "../model/problem.js";
import { formatBytes } from "../model/units.js";

/** Of the limit this much is for new objects: three semi-spaces (V8 heap.cc, YoungGenerationSizeFromSemiSpaceSize). */
const youngBytes = 3 * 16 * 1024 ** 2;
/** Past this share of the rest V8 collects all the time, and then ends the process without a word of ours. */
const fullestShare = 0.85;
/** One look takes some microseconds, as long as some lines. */
const linesBetweenLooks = 2000;

type Heap = Pick<ReturnType<typeof getHeapStatistics>, "used_heap_size" | "heap_size_limit">;

/**
 * Watches that a file which is read into memory fits there.
 * @returns to be called after each line.
 * @throws Problem (exit 4) where the rest of the file would not fit.
 */
export function heapRoom(shown: string, look: () => Heap = getHeapStatistics): (line: number) => void {
  return (line) => {
    if (line % linesBetweenLooks !== 0) return;
    const { used_heap_size: used, heap_size_limit: limit } = look();
    const room = limit - youngBytes;
    if (used > fullestShare * room) throw tooLarge(shown, { line, limit: room });
  };
}

function tooLarge(shown: string, { line, limit }: { readonly line: number; readonly limit: number }): Error {
  const megabytes = Math.ceil((2 * limit) / 1024 ** 2);
  return brokeProblem({
    what: `${shown} does not fit into the memory that Node may use`,
    why: `${formatBytes(limit)} were full at line ${line}`,
    fix: `give it more: NODE_OPTIONS=--max-old-space-size=${megabytes} before the command`,
  });
}
