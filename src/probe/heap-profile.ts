import type { OriginGroup, StackFrame } from "../model/origin.js";
import { frameOfProfile } from "./go-frame.js";

/** The heap of a Go program, as it says itself. */
export interface HeapProfile {
  /** Heap objects and the stacks of goroutines, in bytes: what is held, not what the allocator keeps. */
  readonly liveBytes: number;
  /** The largest places that hold memory, estimated from the samples that the runtime takes. */
  readonly origins: readonly OriginGroup[];
}

/** `1: 112 [2: 1048688] @ 0x4877cc …`: objects and bytes in use, then all that were ever made. */
const record = /^(\d+): (\d+) \[\d+: \d+\] @/;
/** The rate in the title is twice the one that is meant (runtime/pprof, writeHeapInternal). */
const title = /^heap profile: .* @ heap\/(\d+)$/;
const maxOrigins = 50;
/** Between two looks at which places are the largest. */
const slack = 1000;

interface Sampled {
  readonly count: number;
  readonly bytes: number;
  readonly lines: string[];
}

/**
 * Takes `/debug/pprof/heap?debug=1` line by line; only the places that hold most are kept.
 * Source: runtime/pprof/pprof.go (writeHeapInternal), runtime.MemStats.
 */
export class HeapReader {
  #rate: number | undefined;
  #held: Sampled[] = [];
  #open: Sampled | undefined;
  #heapBytes: number | undefined;
  #stackBytes: number | undefined;

  /** @throws Error where the first line is not that of a heap profile. */
  line(text: string): void {
    if (this.#rate === undefined) this.#rate = rateOf(text);
    else if (text.startsWith("#\t0x")) this.#open?.lines.push(text);
    else if (text.startsWith("# ")) this.#statistic(text);
    else this.#record(text);
  }

  /** @throws Error where the text ended before the numbers that it closes with. */
  end(): HeapProfile {
    if (this.#heapBytes === undefined || this.#stackBytes === undefined) {
      throw new Error("cut short: it ends before runtime.MemStats");
    }
    return { liveBytes: this.#heapBytes + this.#stackBytes, origins: this.#largest().map(originOf) };
  }

  #record(text: string): void {
    const [, objects, bytes] = record.exec(text) ?? [];
    this.#open = undefined;
    if (!Number(objects) || !Number(bytes)) return;
    this.#open = { ...scaled(Number(objects), Number(bytes), this.#rate ?? 0), lines: [] };
    this.#held.push(this.#open);
    if (this.#held.length > maxOrigins + slack) this.#held = this.#largest();
  }

  #largest(): Sampled[] {
    return [...this.#held].sort((a, b) => b.bytes - a.bytes).slice(0, maxOrigins);
  }

  #statistic(text: string): void {
    this.#heapBytes ??= numberAfter("# HeapAlloc = ", text);
    this.#stackBytes ??= numberAfter("# Stack = ", text);
  }
}

function rateOf(text: string): number {
  const doubled = title.exec(text)?.[1];
  if (doubled === undefined) throw new Error(`not a heap profile but ${JSON.stringify(text.slice(0, 60))}`);
  return Number(doubled) / 2;
}

/** How many there are, from how many were sampled (scaleHeapSample in runtime/pprof/protomem.go). */
function scaled(count: number, bytes: number, rate: number): Pick<Sampled, "count" | "bytes"> {
  if (rate <= 1) return { count, bytes };
  const scale = 1 / (1 - Math.exp(-bytes / count / rate));
  return { count: Math.round(count * scale), bytes: Math.round(bytes * scale) };
}

function numberAfter(start: string, text: string): number | undefined {
  const value = text.startsWith(start) ? Number.parseInt(text.slice(start.length), 10) : Number.NaN;
  return Number.isNaN(value) ? undefined : value;
}

function originOf({ count, bytes, lines }: Sampled): OriginGroup {
  const stack: StackFrame[] = lines.flatMap((line) => frameOfProfile(line) ?? []);
  return { kind: "memory", count, bytes, stack };
}
