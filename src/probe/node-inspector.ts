import { basename } from "node:path";
import type { Clock } from "../model/clock.js";
import { messageOf } from "../model/problem.js";
import type { Gap } from "../model/reading.js";
import type { ProbeSample } from "../model/snapshot.js";
import { CdpClient } from "./cdp-client.js";
import { evaluation } from "./evaluation.js";
import { findInspector, type Inspector, type Listeners } from "./find-inspector.js";
import { within } from "./limit.js";
import { NodeOrigins } from "./node-origins.js";
import { defaultLimitMs, type Probe, type SampleOptions } from "./probe.js";
import { floorOf, liveBytes, type Look, lookExpression, readLook } from "./runtime-look.js";

const looks = 3;
const betweenLooksMs = 20;
/** A first collection that moved this much may have run finalizers that free more. */
const muchBytes = 1024 ** 2;
const closeLimitMs = 1000;
/** For each of the ways to tell where things were made; only in a second pass, with the load gone. */
const originsLimitMs = 120_000;
/** Once per run, and without it two criteria lose their best source: worth more patience than a sample. */
const attachLimitMs = 15_000;

export interface AttachNode {
  readonly pid: number;
  readonly listeners: Listeners;
  /** Bit of SIGUSR1 in SigCgt of /proc/PID/status. */
  readonly catchesSigusr1: boolean;
  /** What /proc/PID/exe links to. */
  readonly executable: string;
  readonly clock: Clock;
  /** How long one sample may take. */
  readonly limitMs?: number | undefined;
  /** Also look for where memory is made, from the attach on: slows allocation by some per cent. */
  readonly trace?: { readonly memory: boolean } | undefined;
}

/**
 * Looks inside an unmodified Node process: SIGUSR1 makes it open its inspector. Start the target with
 * `NODE_OPTIONS=--debug_port=127.0.0.1:0`, else all targets want port 9229.
 *
 * Cost to the target (Node 20): once, 7 fds, 1 thread and three lines on stderr, none of which is in
 * getActiveResourcesInfo, so take the baseline after the attach; per sample three looks of about 0.4 ms
 * each; per collection 5 ms for a small heap, 25 ms with 3,000 sockets. 1,000 samples leave live memory
 * as it was. Only the main thread is seen, and only what keeps the event loop alive: an unref'd timer is not.
 *
 * A target with a SIGUSR1 handler of its own runs that handler instead: a gap. Any other program is never signalled.
 */
export async function attachNode(options: AttachNode): Promise<Probe | Gap> {
  const { pid, clock } = options;
  const refuse = (why: string): Gap => inspectorGap(pid, why);
  if (!isNodeProgram(options.executable)) return refuse(`${options.executable} is not Node`);
  if (!options.catchesSigusr1)
    return refuse("it does not catch SIGUSR1 (was it started with --disable-sigusr1?), which would end it");
  try {
    return await within({ clock, ms: attachLimitMs }, (signal) => attach(options, signal));
  } catch (error) {
    return refuse(messageOf(error));
  }
}

/** `node`, `nodejs`, `node20`, `node-v20.1.0`; not `node_exporter`, which SIGUSR1 would kill. */
export function isNodeProgram(executable: string): boolean {
  return /^node(js)?(-?v?\d[\d.]*)?( \(deleted\))?$/.test(basename(executable));
}

async function attach(options: AttachNode, signal: AbortSignal): Promise<Probe> {
  const { pid, listeners, clock } = options;
  const open = (): void => {
    process.kill(pid, "SIGUSR1");
  };
  const inspector = await findInspector({ listeners, open, clock, signal });
  if (!inspector) throw new Error(notOpened);
  const client = await CdpClient.connect(inspector.url, signal);
  // Without this an exiting target waits for us to leave, for ever.
  await client.request("NodeRuntime.notifyWhenWaitingForDisconnect", { enabled: true });
  const origins = await NodeOrigins.start(client, options.trace?.memory === true);
  return new NodeProbe(options, { inspector, client, origins });
}

interface Attached {
  readonly inspector: Inspector;
  readonly client: CdpClient;
  readonly origins: NodeOrigins;
}

const notOpened =
  "no inspector opened on SIGUSR1; has the program a handler of its own, or an --inspect-port that is taken?";

class NodeProbe implements Probe {
  readonly name = "node";
  readonly cost = "a collection and three readings of 0.4 ms";
  readonly connects = false;
  readonly #options: AttachNode;
  readonly #inspector: Inspector;
  readonly #client: CdpClient;
  readonly #origins: NodeOrigins;
  #closing: Promise<void> | undefined;

  constructor(options: AttachNode, { inspector, client, origins }: Attached) {
    this.#options = options;
    this.#inspector = inspector;
    this.#client = client;
    this.#origins = origins;
  }

  async sample({ collect, origins, signal }: SampleOptions): Promise<ProbeSample> {
    const { pid, clock, limitMs } = this.#options;
    const limit = { clock, ms: limitMs ?? defaultLimitMs, signal };
    try {
      const seen = await within(limit, (over) => this.#looks(collect, over));
      const made = origins ? await this.#made(signal) : { gaps: [] };
      return { probe: this.name, pid, ...floorOf(seen), collected: collect, ...made };
    } catch (error) {
      const { lost } = this.#client;
      const why = lost === undefined ? messageOf(error) : `lost for good: ${lost}`;
      return { probe: this.name, pid, gaps: [inspectorGap(pid, why)] };
    }
  }

  /** Never rejects: what is held has been seen, and is not lost because nobody knows where it was made. */
  async #made(signal: AbortSignal): Promise<Pick<ProbeSample, "origins" | "gaps">> {
    const { pid, clock } = this.#options;
    const { origins, unread } = await this.#origins.read({ clock, ms: originsLimitMs, signal });
    return { origins, gaps: unread.map((gap) => ({ ...gap, pid })) };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #looks(collect: boolean, signal: AbortSignal): Promise<Look[]> {
    if (collect) await this.#collect();
    const seen = [await this.#look()];
    while (seen.length < looks) {
      await this.#options.clock.sleep(betweenLooksMs, signal);
      if (signal.aborted) break;
      seen.push(await this.#look());
    }
    return seen;
  }

  async #collect(): Promise<void> {
    const before = liveBytes(await this.#look());
    await this.#client.request("HeapProfiler.collectGarbage");
    const moved = before - liveBytes(await this.#look());
    if (moved > muchBytes) await this.#client.request("HeapProfiler.collectGarbage");
  }

  async #look(): Promise<Look> {
    return readLook(
      await this.#client.request("Runtime.evaluate", { expression: lookExpression, ...evaluation }),
    );
  }

  /** Closes the inspector that we had opened, so that the target is as we found it; else only leaves. */
  async #close(): Promise<void> {
    const limit = { clock: this.#options.clock, ms: closeLimitMs };
    try {
      await this.#origins.close();
      if (this.#inspector.ours) await within(limit, () => this.#closeInspector());
    } catch {
      // The target is gone or does not answer: then leaving is all that can be done.
    } finally {
      this.#client.disconnect();
    }
  }

  async #closeInspector(): Promise<void> {
    await this.#client.request("Runtime.evaluate", { expression: closeExpression, ...evaluation });
    await this.#client.disconnected();
  }
}

function inspectorGap(pid: number, why: string): Gap {
  return { what: `node inspector of pid ${pid}`, why, pid };
}

/** A turn later, because close() waits until all sessions have ended, ours too. */
const closeExpression = `{ const inspector = require("node:inspector"); setTimeout(() => inspector.close(), 0); }`;
