import type { MetricSample } from "./prometheus-text.js";

/** Which series of a page are meant: those with the name and all the labels. */
export interface Selector {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** `name` or `name{label="value", …}`. What cannot be one is the name of no metric, and so selects nothing. */
export function parseSelector(text: string): Selector {
  const [, name = text, inner = ""] = /^([^{]+)\{(.*)\}$/.exec(text) ?? [];
  const pairs = [...inner.matchAll(/([A-Za-z_][A-Za-z0-9_]*)="([^"]*)"/g)];
  return { name, labels: Object.fromEntries(pairs.map(([, label, value]) => [label, value])) };
}

export function isSelected({ name, labels }: Selector, sample: MetricSample): boolean {
  return (
    sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value)
  );
}
