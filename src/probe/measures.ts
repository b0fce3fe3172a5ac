import type { ProbeSample } from "../model/snapshot.js";
import { isSelected, parseSelector, type Selector } from "./metric-selector.js";
import type { MetricSample } from "./prometheus-text.js";
import { type Quantity, wellKnown } from "./well-known-metrics.js";

/** Names of metrics that the scenario gives in place of the well-known ones. */
export type NamedMetrics = Readonly<Partial<Record<Quantity, string>>>;

export interface Measures {
  readonly held: Pick<ProbeSample, Quantity | "tasksByType">;
  /** What is wrong with what the scenario names, in a few words each. */
  readonly faults: readonly string[];
}

const quantities: readonly Quantity[] = ["tasks", "fds", "liveBytes"];
const nodeTypes = "nodejs_active_resources";

/** Whether a metric of this name can be of use. */
export function isOfUse(named: NamedMetrics): (name: string) => boolean {
  const texts = [...quantities.flatMap((quantity) => wellKnown[quantity].flat()), ...Object.values(named)];
  const names = new Set(texts.map((text) => parseSelector(text).name));
  return (name) => names.has(name);
}

/** What the target says that it holds. A name of the scenario's stands for its quantity alone: nothing else is tried. */
export function measuresOf(samples: readonly MetricSample[], named: NamedMetrics = {}): Measures {
  const unique = withoutRepeats(samples);
  const faults: string[] = [];
  const one = (quantity: Quantity): number | undefined => {
    const name = named[quantity];
    if (name === undefined) return firstKnown(unique, quantity);
    const value = total(unique, parseSelector(name));
    const fault = faultOf(value, quantity);
    if (fault !== undefined) faults.push(`the metric ${name}, which the scenario names, ${fault}`);
    return fault === undefined ? rounded(value, quantity) : undefined;
  };
  const [tasks, fds, liveBytes] = quantities.map(one);
  const tasksByType = named.tasks === undefined ? nodeCounts(unique) : undefined;
  return { held: { tasks, tasksByType, fds, liveBytes }, faults };
}

/** A series may stand on a page once; what is repeated would be counted twice. */
function withoutRepeats(samples: readonly MetricSample[]): MetricSample[] {
  const known = new Map<string, MetricSample>();
  for (const sample of samples) {
    const key = JSON.stringify([sample.name, Object.entries(sample.labels).toSorted(byLabel)]);
    if (!known.has(key)) known.set(key, sample);
  }
  return [...known.values()];
}

function byLabel([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}

function firstKnown(samples: readonly MetricSample[], quantity: Quantity): number | undefined {
  for (const [required, ...optional] of wellKnown[quantity]) {
    const base = total(samples, parseSelector(required));
    if (faultOf(base, quantity) !== undefined) continue;
    const more = optional.map((text) => total(samples, parseSelector(text)) ?? 0);
    const value = more.reduce((sum, each) => sum + each, base ?? 0);
    if (faultOf(value, quantity) === undefined) return rounded(value, quantity);
  }
  return undefined;
}

/** Undefined where there is no such series; not finite where one of them is not. */
function total(samples: readonly MetricSample[], selector: Selector): number | undefined {
  const chosen = samples.filter((sample) => isSelected(selector, sample));
  return chosen.length === 0 ? undefined : chosen.reduce((sum, { value }) => sum + value, 0);
}

function faultOf(value: number | undefined, quantity: Quantity): string | undefined {
  if (value === undefined) return "is not there";
  if (!Number.isFinite(value) || value < 0 || value > Number.MAX_SAFE_INTEGER) return `is ${value}`;
  return quantity === "liveBytes" || Number.isInteger(value) ? undefined : `is ${value}, no count`;
}

function rounded(value: number | undefined, quantity: Quantity): number | undefined {
  return value !== undefined && quantity === "liveBytes" ? Math.round(value) : value;
}

function nodeCounts(samples: readonly MetricSample[]): Record<string, number> | undefined {
  const counts = samples.flatMap(({ name, labels, value }) => {
    const type = labels["type"];
    return name === nodeTypes && type !== undefined && Number.isFinite(value) ? [[type, value] as const] : [];
  });
  return counts.length === 0 ? undefined : Object.fromEntries(counts);
}
