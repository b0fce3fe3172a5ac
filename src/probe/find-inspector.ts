import type { Clock } from "../model/clock.js";
import { httpGet } from "./http-get.js";

/** The TCP ports that the target listens on. */
export type Listeners = () => Promise<readonly number[]>;

/** Node's inspector unless told otherwise: `--inspect-port`. */
const defaultPort = 9229;
const lookEveryMs = 20;
/** An inspector that opens is there in a few milliseconds; on a busy machine it takes longer, and so does a look. */
const openWithinMs = 3000;
const mostLooks = openWithinMs / lookEveryMs;
const answerWithinMs = 2000;
const maxListBytes = 256 * 1024;

export interface Search {
  readonly listeners: Listeners;
  /** Asks the target to open its inspector. */
  readonly open: () => void;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export interface Inspector {
  /** The WebSocket address of the debugger. */
  readonly url: string;
  /** False when it had been open before, by somebody else's wish. */
  readonly ours: boolean;
}

/**
 * Asks for the inspector and waits for the listener that it opens. Only if there is none, the old
 * listeners are asked: an HTTP request to a port of the target's own is not something to do lightly.
 */
export async function findInspector(search: Search): Promise<Inspector | undefined> {
  const before = new Set(await search.listeners());
  search.open();
  const url = await opened(search, before);
  if (url !== undefined) return { url, ours: true };
  const old = [...before].sort((a, b) => Number(b === defaultPort) - Number(a === defaultPort));
  const found = await firstInspector(old, search.signal);
  return found === undefined ? undefined : { url: found, ours: false };
}

async function opened(search: Search, before: ReadonlySet<number>): Promise<string | undefined> {
  const untilMs = search.clock.now() + openWithinMs;
  for (let look = 0; look < mostLooks && search.clock.now() < untilMs && !search.signal.aborted; look++) {
    const fresh = (await search.listeners()).filter((port) => !before.has(port));
    const url = await firstInspector(fresh, search.signal);
    if (url !== undefined) return url;
    await search.clock.sleep(lookEveryMs, search.signal);
  }
  return undefined;
}

async function firstInspector(ports: readonly number[], signal: AbortSignal): Promise<string | undefined> {
  for (const port of ports) {
    const url = await inspectorAt(port, signal);
    if (url !== undefined) return url;
  }
  return undefined;
}

/** https://nodejs.org/en/learn/getting-started/debugging: `/json/list` names the debugger's targets. */
async function inspectorAt(port: number, signal: AbortSignal): Promise<string | undefined> {
  try {
    const brief = AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]);
    const request = { url: `http://127.0.0.1:${port}/json/list`, accept: "application/json" };
    const { text } = await httpGet({ ...request, maxBytes: maxListBytes, signal: brief });
    return debuggerUrl(port, JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Only the path is taken from the answer: whoever gave it must not choose whom we talk to. */
export function debuggerUrl(port: number, list: unknown): string | undefined {
  if (!Array.isArray(list)) return undefined;
  const first: unknown = list.find((item: unknown) => isNodeTarget(item));
  if (!isNodeTarget(first) || !URL.canParse(first.webSocketDebuggerUrl)) return undefined;
  return `ws://127.0.0.1:${port}${new URL(first.webSocketDebuggerUrl).pathname}`;
}

function isNodeTarget(item: unknown): item is { readonly webSocketDebuggerUrl: string } {
  return (
    typeof item === "object" &&
    item !== null &&
    "type" in item &&
    item.type === "node" &&
    "webSocketDebuggerUrl" in item &&
    typeof item.webSocketDebuggerUrl === "string"
  );
}
