import { usageProblem } from "../model/problem.js";
import { Gate } from "./gate.js";

/** Fewer than the shortest usual listen backlog (listen(2)): a SYN past it is lost, and tried again a second later. */
const handshakesAtOnce = 100;

/** What the target is reached at. */
export class Address {
  readonly handshakes: Gate = new Gate(handshakesAtOnce);
  readonly #base: URL;
  #latest: { readonly path: string; readonly url: URL } | undefined;

  /** @throws Problem when the driver cannot reach such a URL. */
  constructor(text: string) {
    const base = URL.canParse(text) ? new URL(text) : undefined;
    if (base?.protocol !== "ws:" && base?.protocol !== "http:") throw unreachable(text);
    this.#base = base;
  }

  /** The URL of a path. Operations ask for the same one again and again, and parsing it is not free. */
  at(path: string): URL {
    if (this.#latest?.path !== path) this.#latest = { path, url: new URL(path, this.#base) };
    return this.#latest.url;
  }
}

function unreachable(text: string): Error {
  return usageProblem({
    what: `cannot drive ${text}`,
    why: "the driver speaks plain WebSocket and HTTP",
    fix: "give a url such as ws://127.0.0.1:8080",
  });
}
