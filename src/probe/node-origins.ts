import type { OriginGroup } from "../model/origin.js";
import type { CdpClient } from "./cdp-client.js";
import { evaluation } from "./evaluation.js";
import { originsExpression, readOrigins } from "./origins.js";
import { SourceMaps } from "./source-maps.js";

/** Asks the preload of a traced Node target where what it holds was made. */
export class NodeOrigins {
  readonly #client: CdpClient;
  readonly #maps = new SourceMaps();

  constructor(client: CdpClient) {
    this.#client = client;
  }

  /** Rejects where the target was not started with the preload, or something else answers in its place. */
  async read(): Promise<readonly OriginGroup[]> {
    const answer = await this.#client.request("Runtime.evaluate", {
      expression: originsExpression,
      ...evaluation,
    });
    const traced = readOrigins(answer);
    if (!traced) throw new Error("the target was not started with the preload that notes them");
    return await Promise.all(traced.groups.map((group) => this.#original(group)));
  }

  async #original(group: OriginGroup): Promise<OriginGroup> {
    return { ...group, stack: await Promise.all(group.stack.map((frame) => this.#maps.original(frame))) };
  }
}
