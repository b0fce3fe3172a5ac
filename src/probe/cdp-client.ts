import { WebSocket } from "ws";
import { messageOf } from "../model/problem.js";

/** Requests that may be unanswered at once: a stopped target must not be buried under more. */
const maxOwed = 16;
const maxReplyBytes = 32 * 1024 ** 2;

interface Reply {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message?: string };
}

type Settle = (reply: Reply) => void;

/**
 * The least client of the Chrome DevTools Protocol: a request is a JSON object with an id, its answer
 * carries the same id. No domain is ever enabled that keeps state in the target (Runtime, Debugger, Console).
 */
export class CdpClient {
  readonly #socket: WebSocket;
  readonly #owed = new Map<number, Settle>();
  readonly #listeners = new Map<string, (params: unknown) => void>();
  #lastId = 0;
  #lost: string | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data: Buffer) => this.#receive(data.toString("utf8")));
    socket.on("close", () => this.#lose("the connection was closed"));
    socket.on("error", (error) => this.#lose(messageOf(error)));
  }

  /** Rejects when there is no inspector at the address, or the signal is aborted first. */
  static connect(url: string, signal: AbortSignal): Promise<CdpClient> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: maxReplyBytes });
      const giveUp = (): void => socket.terminate();
      const client = new CdpClient(socket);
      signal.addEventListener("abort", giveUp, { once: true });
      if (signal.aborted) giveUp();
      socket.once("error", reject);
      socket.once("close", () => reject(new Error("the connection was closed")));
      socket.once("open", () => {
        signal.removeEventListener("abort", giveUp);
        resolve(client);
      });
    });
  }

  /** Why the connection is gone for good; undefined while it is there. */
  get lost(): string | undefined {
    return this.#lost;
  }

  /** Resolves to `result`. Rejects on an error answer and when the connection is lost; sets no time limit. */
  request(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    if (this.#lost !== undefined) return Promise.reject(new Error(this.#lost));
    if (this.#owed.size >= maxOwed) return Promise.reject(new Error(`${maxOwed} requests are unanswered`));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#owed.set(id, ({ error, result }) => {
        if (error) reject(new Error(`${method}: ${error.message ?? "refused"}`));
        else resolve(result);
      });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  /** Hands over what the target says by itself while `work` is under way; one listener for each method. */
  async during<T>(event: string, listener: (params: unknown) => void, work: () => Promise<T>): Promise<T> {
    this.#listeners.set(event, listener);
    try {
      return await work();
    } finally {
      this.#listeners.delete(event);
    }
  }

  /** Resolves when the connection is gone. */
  disconnected(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return Promise.resolve();
    return new Promise((resolve) => {
      this.#socket.once("close", () => resolve());
    });
  }

  disconnect(): void {
    this.#socket.terminate();
  }

  #receive(text: string): void {
    const reply = parseReply(text);
    if (reply.method === "NodeRuntime.waitingForDisconnect") this.#socket.terminate();
    if (reply.id === undefined) {
      if (reply.method !== undefined) this.#listeners.get(reply.method)?.(reply.params);
      return;
    }
    const settle = this.#owed.get(reply.id);
    this.#owed.delete(reply.id);
    settle?.(reply);
  }

  #lose(why: string): void {
    this.#lost ??= why;
    for (const settle of this.#owed.values()) settle({ error: { message: this.#lost } });
    this.#owed.clear();
  }
}

function parseReply(text: string): Reply {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
