import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { expect, vi } from "vitest";
import { WebSocket } from "ws";
import { type Gateway, type GatewayOptions, startGateway } from "../../src/gateway/start.js";

export const goose: string = fileURLToPath(new URL("../../scenarios/stand-in/goose", import.meta.url));
const folder = fileURLToPath(new URL("../../src/gateway", import.meta.url));
const patience = { timeout: 15_000, interval: 10 };

export interface Frame {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A gateway whose log is kept, and that is stopped after the test. */
export interface Rig {
  readonly gateway: Gateway;
  readonly log: readonly string[];
  connect(options?: WebSocket.ClientOptions): Promise<Client>;
  stop(): Promise<void>;
}

export async function rig(options: Partial<GatewayOptions> = {}): Promise<Rig> {
  const log: string[] = [];
  const clients: Client[] = [];
  const gateway = await startGateway({
    host: "127.0.0.1",
    port: 0,
    agent: `${goose} run ?`,
    folder,
    indexEveryMs: 60_000,
    pingEveryMs: 60_000,
    graceMs: 1000,
    stopWithinMs: 10_000,
    maxProcesses: 64,
    plants: [],
    log: (line) => log.push(line),
    env: process.env,
    ...options,
  });
  return {
    gateway,
    log,
    async connect(options = {}) {
      const client = await Client.open(`${gateway.url.replace("http", "ws")}/ws`, options);
      clients.push(client);
      return client;
    },
    async stop() {
      for (const client of clients) client.socket.terminate();
      await gateway.stop();
    },
  };
}

/** A WebSocket client that keeps all the frames it gets. */
export class Client {
  readonly socket: WebSocket;
  readonly frames: Frame[] = [];
  #peer: Socket | undefined;

  private constructor(url: string, options: WebSocket.ClientOptions) {
    this.socket = new WebSocket(url, options);
    this.socket.on("upgrade", (response) => {
      this.#peer = response.socket;
    });
    this.socket.on("error", () => {});
    this.socket.on("message", (data: Buffer) => {
      const frame: Frame = JSON.parse(data.toString());
      this.frames.push(frame);
    });
  }

  static async open(url: string, options: WebSocket.ClientOptions): Promise<Client> {
    const client = new Client(url, options);
    await new Promise((resolve, reject) => {
      client.socket.once("open", resolve);
      client.socket.once("error", reject);
    });
    return client;
  }

  /** The TCP connection, for leaving without a close frame. */
  get peer(): Socket {
    if (!this.#peer) throw new Error("not connected");
    return this.#peer;
  }

  send(message: unknown): void {
    this.socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  ask(content: string, firstMessage = true): void {
    this.send({ sender: "USER", content, firstMessage, sessionID: "test" });
  }

  /** The nth frame of a type, once it is there. */
  async frame(type: string, nth = 1): Promise<Frame> {
    await vi.waitFor(() => expect(this.all(type).length).toBeGreaterThanOrEqual(nth), patience);
    const frame = this.all(type)[nth - 1];
    if (!frame) throw new Error(`no ${type} frame number ${nth}`);
    return frame;
  }

  /** Asks, and waits for the end of the run. */
  async run(content: string): Promise<Frame> {
    const before = this.all("exec_end").length;
    this.ask(content);
    return await this.frame("exec_end", before + 1);
  }

  /** Waits until a line of the agent's has come. */
  async line(text: string): Promise<void> {
    await vi.waitFor(() => expect(this.lines()).toContain(text), patience);
  }

  lines(): string[] {
    return this.all("content").map(({ content }) => String(content));
  }

  all(type: string): Frame[] {
    return this.frames.filter((frame) => frame.type === type);
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed();
  }

  async closed(): Promise<void> {
    await vi.waitFor(() => expect(this.socket.readyState).toBe(WebSocket.CLOSED), patience);
  }
}

/** What this process holds, the gateway in it included. */
export interface Held {
  readonly fds: number;
  readonly ptys: number;
  /** Active resources by type. */
  readonly tasks: Readonly<Record<string, number>>;
  /** Descendants, zombies included, by command name. */
  readonly children: Readonly<Record<string, number>>;
}

export function held(): Held {
  const targets = readdirSync("/proc/self/fd").flatMap(linkOf);
  return {
    fds: targets.length,
    ptys: targets.filter((target) => target.includes("/ptmx") || target.startsWith("/dev/pts/")).length,
    tasks: count(process.getActiveResourcesInfo().filter(isOfGateway)),
    children: count(descendants(process.pid).map(({ name }) => name)),
  };
}

/** What is held once that does not change any more. */
export async function steady(): Promise<Held> {
  let last = held();
  const deadline = Date.now() + patience.timeout;
  for (let same = 0; same < 10 && Date.now() < deadline; ) {
    await sleep(20);
    const now = held();
    same = isDeepStrictEqual(now, last) ? same + 1 : 0;
    last = now;
  }
  return last;
}

/** Passing things of the test runner and of its own timers are not the gateway's. */
function isOfGateway(task: string): boolean {
  return !["Immediate", "FSReqPromise", "FSReqCallback", "CloseReq", "WriteWrap", "ShutdownWrap"].includes(
    task,
  );
}

export interface Child {
  readonly pid: number;
  readonly name: string;
  readonly state: string;
}

function descendants(parent: number): Child[] {
  return children(parent).flatMap((child) => [child, ...descendants(child.pid)]);
}

export function children(parent: number): Child[] {
  return readdirSync("/proc").flatMap((name) => {
    const [, comm, state, ppid] = /\((.*)\) (\S) (\d+)/s.exec(statOf(name)) ?? [];
    return ppid === String(parent) ? [{ pid: Number(name), name: String(comm), state: String(state) }] : [];
  });
}

/** Waits until what is held differs from `before` by exactly `more`. */
export async function heldMore(before: Held, more: Partial<Held> = {}): Promise<void> {
  const expected = {
    fds: before.fds + (more.fds ?? 0),
    ptys: before.ptys + (more.ptys ?? 0),
    tasks: add(before.tasks, more.tasks ?? {}),
    children: add(before.children, more.children ?? {}),
  };
  // Not vi.waitFor, whose own timers would be among the tasks.
  const deadline = Date.now() + patience.timeout;
  while (!isDeepStrictEqual(held(), expected) && Date.now() < deadline) await sleep(patience.interval);
  expect(held()).toEqual(expected);
}

function add(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> {
  const sum: Record<string, number> = { ...a };
  for (const [name, number] of Object.entries(b)) {
    if (number !== 0) sum[name] = (sum[name] ?? 0) + number;
  }
  return sum;
}

function count(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function statOf(pid: string): string {
  return /^\d+$/.test(pid) ? attempt(() => readFileSync(`/proc/${pid}/stat`, "utf8"), "") : "";
}

/** The listing's own descriptor has gone by the time it is looked at. */
function linkOf(fd: string): string[] {
  return attempt(() => [readlinkSync(`/proc/self/fd/${fd}`)], []);
}

function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
