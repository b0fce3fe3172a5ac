import { relative } from "node:path";
import type { OriginGroup, StackFrame } from "../model/origin.js";
import { messageOf } from "../model/problem.js";
import type { Gap } from "../model/reading.js";
import type { CdpClient } from "./cdp-client.js";
import { evaluation } from "./evaluation.js";
import { HeapComparison } from "./heap-comparison.js";
import type { HeapGrowth } from "./heap-growth.js";
import { type Limit, within } from "./limit.js";
import { nowhere, originsExpression, pathOf, readOrigins } from "./origins.js";
import { readSampledHeap, samplingInterval } from "./sampled-heap.js";
import { SourceMaps } from "./source-maps.js";

/** Of a way that is told. */
const mostSteps = 6;

interface Origins {
  readonly origins: readonly OriginGroup[];
  /** What could not be read, and why. */
  readonly unread: readonly Gap[];
}

/**
 * Where what a Node target holds was made: the preload tells of fds, processes, tasks and large buffers. With `memory`
 * also the heap: by allocating stack, as sampled since the start, and from the second call on by what holds the things
 * that came since the first.
 */
export class NodeOrigins {
  readonly #client: CdpClient;
  readonly #maps = new SourceMaps();
  readonly #heap: HeapComparison | undefined;
  #home = nowhere;

  private constructor(client: CdpClient, heap: HeapComparison | undefined) {
    this.#client = client;
    this.#heap = heap;
  }

  static async start(client: CdpClient, memory: boolean): Promise<NodeOrigins> {
    if (memory) await client.request("HeapProfiler.startSampling", { samplingInterval });
    return new NodeOrigins(client, memory ? new HeapComparison(client) : undefined);
  }

  /** Never rejects. The limit is for each of the ways. */
  async read(limit: Limit): Promise<Origins> {
    const unread: Gap[] = [];
    const attempt = async (what: string, work: () => Promise<OriginGroup[]>): Promise<OriginGroup[]> => {
      try {
        return await within(limit, work);
      } catch (error) {
        unread.push({ what, why: messageOf(error) });
        return [];
      }
    };
    const noted = await attempt("creation sites", () => this.#noted());
    if (!this.#heap) return { origins: noted, unread };
    const sampled = await attempt("allocation sites", () => this.#sampled());
    const retained = await attempt("what holds the heap", () => this.#retained());
    return { origins: [...noted, ...sampled, ...retained], unread };
  }

  async close(): Promise<void> {
    await this.#heap?.close();
  }

  async #noted(): Promise<OriginGroup[]> {
    const question = { expression: originsExpression, ...evaluation };
    const traced = readOrigins(await this.#client.request("Runtime.evaluate", question));
    if (!traced) throw new Error("the target was not started with the preload that notes them");
    this.#home = traced.home;
    return await Promise.all(traced.groups.map((group) => this.#original(group)));
  }

  async #sampled(): Promise<OriginGroup[]> {
    const profile = await this.#client.request("HeapProfiler.getSamplingProfile");
    return await Promise.all(readSampledHeap(profile, this.#home).map((group) => this.#original(group)));
  }

  async #retained(): Promise<OriginGroup[]> {
    const growth = (await this.#heap?.grown()) ?? [];
    const own = growth.filter((group) => !this.#isTracing(group));
    return await Promise.all(own.map((group) => this.#held(group)));
  }

  /** The tables of the preload grow with what the program makes. */
  #isTracing({ holder, of }: HeapGrowth): boolean {
    return of?.script.startsWith(this.#home) === true || holder?.includes("watertight.trace") === true;
  }

  async #original(group: OriginGroup): Promise<OriginGroup> {
    return { ...group, stack: await Promise.all(group.stack.map((frame) => this.#maps.original(frame))) };
  }

  async #held({ count, bytes, holder, of, path }: HeapGrowth): Promise<OriginGroup> {
    const frame = of && (await this.#maps.original({ ...of, file: pathOf(of.script) }));
    const at = frame ? ` of ${frame.name || "a function"} (${shortFile(frame)}:${frame.line})` : "";
    const retainedBy = [`${holder ?? "the runtime"}${at}`, ...shortPath(path)].join(" → ");
    const stack = frame && !frame.file.startsWith("node:") ? [frame] : [];
    return { kind: "memory", type: path.at(-1) ?? "(system)", count, bytes, stack, retainedBy };
  }
}

function shortPath(path: readonly string[]): readonly string[] {
  return path.length <= mostSteps ? path : [...path.slice(0, 2), "…", ...path.slice(3 - mostSteps)];
}

/** As a reader would name it who stands where the tool was started. */
function shortFile({ file }: StackFrame): string {
  const short = relative(process.cwd(), file);
  return short.startsWith("..") || file.startsWith("node:") ? file : short;
}
