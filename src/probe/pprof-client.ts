import { parseExpvar } from "./expvar.js";
import { dumpLimitBytes, GoroutineDump } from "./goroutine-dump.js";
import { parseGoroutineProfile } from "./goroutine-profile.js";
import type { Goroutines } from "./goroutines.js";
import { type HeapProfile, HeapReader } from "./heap-profile.js";
import { httpGet, httpParts } from "./http-get.js";
import { LineStream } from "./line-stream.js";

const maxProfileBytes = 16 * 1024 ** 2;
const maxHeapBytes = 64 * 1024 ** 2;
const maxVarsBytes = 1024 ** 2;
const accept = "text/plain";

/** Goroutines with who started them, or, where not all could be told, with how many there are. */
export interface Dump {
  readonly goroutines: Goroutines;
  readonly isCut: boolean;
}

/** Requests to net/http/pprof and expvar. All reject with a reason; none sets a time limit. */
export class PprofClient {
  /** Where pprof is, with a slash at the end: `http://127.0.0.1:6060/debug/pprof/`. */
  readonly endpoint: string;

  constructor(endpoint: string) {
    this.endpoint = endpoint;
  }

  /** Counted by stack in the target: cheap and small, but without who started them. */
  async profile(signal: AbortSignal): Promise<Goroutines> {
    const url = `${this.endpoint}goroutine?debug=1`;
    const { contentType, text } = await httpGet({ url, maxBytes: maxProfileBytes, signal, accept });
    requireText(contentType);
    return parseGoroutineProfile(text);
  }

  /** Each goroutine with who started it: all of them stand still while the target writes this. */
  async dump(signal: AbortSignal): Promise<Dump> {
    const dump = new GoroutineDump();
    const read = {
      path: "goroutine?debug=2",
      maxBytes: dumpLimitBytes,
      take: (line: string) => dump.line(line),
    };
    const { bytes, brokeOff } = await this.#lines(read, signal);
    if (brokeOff && bytes < dumpLimitBytes) throw new Error("cut short in the middle of a line");
    const isCut = bytes >= dumpLimitBytes;
    return { goroutines: dump.end(isCut), isCut };
  }

  /** After a forced collection, where that is asked for. */
  async heap(collect: boolean, signal: AbortSignal): Promise<HeapProfile> {
    const heap = new HeapReader();
    const path = `heap?debug=1${collect ? "&gc=1" : ""}`;
    await this.#lines({ path, maxBytes: maxHeapBytes, take: (line) => heap.line(line) }, signal);
    return heap.end();
  }

  /** The numbers that the program publishes through expvar, beside pprof. */
  async vars(signal: AbortSignal): Promise<Record<string, number>> {
    const url = new URL("/debug/vars", this.endpoint).href;
    const { text } = await httpGet({ url, maxBytes: maxVarsBytes, signal, accept: "application/json" });
    return parseExpvar(text);
  }

  async #lines(read: Lines, signal: AbortSignal): Promise<{ bytes: number; brokeOff: boolean }> {
    const lines = new LineStream(read.take);
    let bytes = 0;
    const url = `${this.endpoint}${read.path}`;
    await httpParts({ url, maxBytes: read.maxBytes, signal, accept }, (part, contentType) => {
      requireText(contentType);
      bytes += part.length;
      lines.push(part);
    });
    return { bytes, brokeOff: lines.end() };
  }
}

interface Lines {
  readonly path: string;
  readonly maxBytes: number;
  readonly take: (line: string) => void;
}

function requireText(contentType: string): void {
  if (contentType !== "text/plain") throw new Error(`not a profile but ${contentType || "of no type"}`);
}
