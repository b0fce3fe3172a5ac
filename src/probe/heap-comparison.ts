import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { CdpClient } from "./cdp-client.js";
import type { HeapGrowth } from "./heap-growth.js";
import { field } from "./field.js";

/** Of the text of one snapshot: that of a heap of about as many bytes. */
const mostBytes = 256 * 1024 ** 2;
const resourceLimits = { maxOldGenerationSizeMb: 1024 };

/**
 * Two snapshots of the target's heap, and what came between them. The first is read at once and only its numbers of
 * objects are kept. The target stands still meanwhile, about a second for each 25 MB of heap, and so do its clients.
 */
export class HeapComparison {
  readonly #client: CdpClient;
  #worker: Worker | undefined;
  #taken = 0;

  constructor(client: CdpClient) {
    this.#client = client;
  }

  /** Nothing at the first call, at the second what came since. Rejects when a snapshot is too large or malformed. */
  async grown(): Promise<readonly HeapGrowth[]> {
    if (this.#taken >= 2) throw new Error("the heap was compared already");
    this.#taken += 1;
    const worker = (this.#worker ??= startWorker());
    const answer = nextMessage(worker);
    try {
      await this.#send(worker);
      const growth = await answer;
      // What comes from our own thread has the shape that it was given there.
      return isGrowth(growth) ? growth : [];
    } catch (error) {
      answer.catch(() => undefined);
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#taken = 2;
    await this.#worker?.terminate();
  }

  async #send(worker: Worker): Promise<void> {
    let bytes = 0;
    const onChunk = (params: unknown): void => {
      const chunk = field(params, "chunk");
      if (typeof chunk !== "string") return;
      bytes += chunk.length;
      if (bytes <= mostBytes) post(worker, { chunk });
    };
    const take = (): Promise<unknown> => this.#client.request("HeapProfiler.takeHeapSnapshot");
    await this.#client.during("HeapProfiler.addHeapSnapshotChunk", onChunk, take);
    if (bytes > mostBytes) throw new Error(`its snapshot is larger than ${mostBytes / 1024 ** 2} MiB`);
    post(worker, { end: true });
  }
}

function post(worker: Worker, message: { readonly chunk: string } | { readonly end: true }): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  worker.postMessage(message);
}

/** Its own environment and options would be the tool's; it needs neither, and does not keep the tool alive. */
function startWorker(): Worker {
  const worker = new Worker(workerPath(), { env: {}, execArgv: [], resourceLimits });
  worker.unref();
  worker.on("error", () => undefined);
  return worker;
}

/** Beside this file once built; tests run the sources, and take the worker of the last build. */
function workerPath(): string {
  const beside = fileURLToPath(new URL("heap-worker.js", import.meta.url));
  const built = fileURLToPath(new URL("../../dist/probe/heap-worker.js", import.meta.url));
  return existsSync(beside) ? beside : built;
}

function nextMessage(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("its snapshot could not be read")));
  });
}

function isGrowth(value: unknown): value is readonly HeapGrowth[] {
  return Array.isArray(value);
}
