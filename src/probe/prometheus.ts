import type { Clock } from "../model/clock.js";
import { messageOf } from "../model/problem.js";
import { httpGet } from "./http-get.js";
import { within } from "./limit.js";
import { isOfUse, measuresOf, type NamedMetrics } from "./measures.js";
import { defaultLimitMs, type Probe } from "./probe.js";
import { type MetricSample, parsePrometheus } from "./prometheus-text.js";

const maxBytes = 8 * 1024 ** 2;
const accept = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4";
/** An answer without a type is tried too: the parser refuses what is no metric. */
const mediaTypes = ["text/plain", "application/openmetrics-text", ""];

export interface AttachPrometheus {
  /** The endpoint, e.g. `http://127.0.0.1:8080/metrics`. */
  readonly url: string;
  readonly named?: NamedMetrics | undefined;
  readonly clock: Clock;
  readonly limitMs?: number | undefined;
}

/**
 * Reads what the target says of itself, by the names that client libraries use or that the scenario gives.
 * Cost to the target: one connection and one rendering of its metrics per sample; no collection is forced.
 */
export function attachPrometheus({
  url,
  named = {},
  clock,
  limitMs = defaultLimitMs,
}: AttachPrometheus): Probe {
  const name = "prometheus";
  const isWanted = isOfUse(named);
  return {
    name,
    cost: "one connection and one rendering of its metrics",
    connects: true,
    async sample({ signal }) {
      try {
        const samples = await within({ clock, ms: limitMs, signal }, (over) => scrape(url, isWanted, over));
        const { held, faults } = measuresOf(samples, named);
        const isBlind = faults.length === 0 && Object.values(held).every((value) => value === undefined);
        if (isBlind) throw new Error(nothingKnown);
        return { probe: name, ...held, collected: false, gaps: faults.map((why) => ({ what: url, why })) };
      } catch (error) {
        return { probe: name, gaps: [{ what: url, why: messageOf(error) }] };
      }
    },
    close: () => Promise.resolve(),
  };
}

const nothingKnown =
  "none of the well-known metrics is there; name those that are: `prometheus: {path: …, tasks: …, memory: …}`";

async function scrape(
  url: string,
  isWanted: (name: string) => boolean,
  signal: AbortSignal,
): Promise<MetricSample[]> {
  const { contentType, text } = await httpGet({ url, maxBytes, signal, accept });
  if (!mediaTypes.includes(contentType)) throw new Error(`not metrics but ${contentType}`);
  return parsePrometheus(text, isWanted);
}
