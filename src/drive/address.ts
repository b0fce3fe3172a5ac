import type { ConnectionOptions } from "node:tls";
import { usageProblem } from "../model/problem.js";
import type { Endpoint } from "./dial.js";
import { Gate } from "./gate.js";

/** Fewer than the shortest usual listen backlog (listen(2)): a SYN past it is lost, and tried again a second later. */
const handshakesAtOnce = 100;

const protocols: ReadonlyMap<string, "ws:" | "wss:"> = new Map([
  ["ws:", "ws:"],
  ["http:", "ws:"],
  ["wss:", "wss:"],
  ["https:", "wss:"],
]);

/** What the target is reached at. */
export class Address {
  readonly handshakes: Gate = new Gate(handshakesAtOnce);
  readonly endpoint: Extract<Endpoint, { readonly host: string }>;
  /** Where paths begin, as a WebSocket has it and as HTTP has it. */
  readonly #roots: { readonly ws: string; readonly http: string };
  #latest: { readonly path: string; readonly url: URL } | undefined;

  /**
   * @param tls how to know the target's certificate, where the URL is one of TLS
   * @throws Problem when the driver cannot reach such a URL.
   */
  constructor(text: string, tls: ConnectionOptions = {}) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const protocol = protocols.get(url?.protocol ?? "");
    if (url === undefined || protocol === undefined) throw unreachable(text);
    this.endpoint = endpointOf(url, protocol === "wss:" ? tls : undefined);
    const user = url.username === "" ? "" : `${url.username}:${url.password}@`;
    const rest = `//${user}${url.host}`;
    this.#roots = { ws: protocol + rest, http: `http:${rest}` };
  }

  /** The URL of a WebSocket. Operations ask for the same one again and again, and parsing it is not free. */
  at(path: string): URL {
    if (this.#latest?.path !== path) this.#latest = { path, url: new URL(this.#roots.ws + path) };
    return this.#latest.url;
  }

  /** The same for HTTP, where TLS is a matter of the endpoint. The root in front keeps a path such as `//elsewhere/` on this host. */
  httpAt(path: string): URL {
    return new URL(this.#roots.http + path);
  }
}

function endpointOf(url: URL, tls: ConnectionOptions | undefined): Address["endpoint"] {
  // IPv6 addresses stand in brackets in a URL, and nowhere else.
  const host = url.hostname.startsWith("[") ? url.hostname.slice(1, -1) : url.hostname;
  return tls === undefined
    ? { host, port: Number(url.port || 80) }
    : { host, port: Number(url.port || 443), tls };
}

function unreachable(text: string): Error {
  return usageProblem({
    what: `cannot drive ${text}`,
    why: "the driver speaks WebSocket and HTTP, with TLS and without",
    fix: "give a url such as ws://127.0.0.1:8080",
  });
}
