import type { Clock } from "../model/clock.js";
import { messageOf } from "../model/problem.js";
import type { ProbeSample } from "../model/snapshot.js";
import { httpGet } from "./http-get.js";
import { within } from "./limit.js";
import { defaultLimitMs, type Probe } from "./probe.js";
import { type MetricSample, parsePrometheus } from "./prometheus-text.js";

const maxBytes = 8 * 1024 ** 2;
const accept = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4";
/** An answer without a type is tried too: the parser refuses what is no metric. */
const mediaTypes = ["text/plain", "application/openmetrics-text", ""];

export interface AttachPrometheus {
  /** The endpoint, e.g. `http://127.0.0.1:8080/metrics`. */
  readonly url: string;
  readonly clock: Clock;
  readonly limitMs?: number | undefined;
}

/**
 * Reads what the target says of itself, by the names that the client libraries of Node and Go use.
 * Cost to the target: one connection and one rendering of its metrics per sample; no collection is forced.
 */
export function attachPrometheus({ url, clock, limitMs = defaultLimitMs }: AttachPrometheus): Probe {
  const name = "prometheus";
  return {
    name,
    cost: "one connection and one rendering of its metrics",
    connects: true,
    async sample({ signal }) {
      try {
        const limit = { clock, ms: limitMs, signal };
        const values = heldIn(await within(limit, (over) => scrape(url, over)));
        const known = Object.values(values).some((value) => value !== undefined);
        if (!known) throw new Error("none of the well-known metrics is there");
        return { probe: name, ...values, collected: false, gaps: [] };
      } catch (error) {
        return { probe: name, gaps: [{ what: url, why: messageOf(error) }] };
      }
    },
    close: () => Promise.resolve(),
  };
}

async function scrape(url: string, signal: AbortSignal): Promise<MetricSample[]> {
  const { contentType, text } = await httpGet({ url, maxBytes, signal, accept });
  if (!mediaTypes.includes(contentType)) throw new Error(`not metrics but ${contentType}`);
  return parsePrometheus(text);
}

/** The resident set is not taken for live memory: it says what the allocator keeps, not what is held. */
export function heldIn(
  samples: readonly MetricSample[],
): Pick<ProbeSample, "tasks" | "tasksByType" | "fds" | "liveBytes"> {
  const one = (name: string): number | undefined => finite(samples.find((item) => item.name === name)?.value);
  const byType = countsByType(samples);
  const heap = one("nodejs_heap_size_used_bytes");
  const node = heap === undefined ? undefined : heap + (one("nodejs_external_memory_bytes") ?? 0);
  return {
    tasks: one("nodejs_active_resources_total") ?? sum(byType) ?? one("go_goroutines"),
    tasksByType: byType,
    fds: one("process_open_fds"),
    liveBytes: one("go_memstats_alloc_bytes") ?? node,
  };
}

function countsByType(samples: readonly MetricSample[]): Record<string, number> | undefined {
  const counts = samples.flatMap(({ name, labels, value }) => {
    const type = labels["type"];
    return name === "nodejs_active_resources" && type !== undefined && Number.isFinite(value)
      ? [[type, value] as const]
      : [];
  });
  return counts.length === 0 ? undefined : Object.fromEntries(counts);
}

function sum(counts: Readonly<Record<string, number>> | undefined): number | undefined {
  return counts && Object.values(counts).reduce((total, count) => total + count, 0);
}

function finite(value: number | undefined): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
