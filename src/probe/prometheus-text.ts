/** One sample line of a Prometheus exposition. */
export interface MetricSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A page may have millions of series; those of the metrics that are asked for are few, or something is wrong. */
const mostSamples = 10_000;

const namePattern = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const quotedNamePattern = /\{\s*"([^"\\]*(?:\\.[^"\\]*)*)"\s*(,|(?=\}))/y;
const labelPattern = /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"([^"\\]*(?:\\.[^"\\]*)*)"\s*(,|(?=\}))/y;

/**
 * The samples of a text in the Prometheus format 0.0.4 or OpenMetrics 1.0. Comments, timestamps and
 * exemplars are passed over.
 * Source: https://prometheus.io/docs/instrumenting/exposition_formats/, and for names in quotes
 * https://prometheus.io/docs/instrumenting/content_negotiation/
 * @param isWanted only samples of these names are kept
 * @throws Error with the number and the start of the first line that is none, or when too many are wanted.
 */
export function parsePrometheus(
  text: string,
  isWanted: (name: string) => boolean = () => true,
): MetricSample[] {
  const samples: MetricSample[] = [];
  let number = 0;
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf("\n", start);
    const stop = end < 0 ? text.length : end;
    const line = text.slice(start, stop).trim();
    start = stop + 1;
    number++;
    if (line === "" || line.startsWith("#")) continue;
    const sample = parseLine(line);
    if (!sample) throw new Error(`line ${number} is no metric: ${JSON.stringify(line.slice(0, 60))}`);
    if (isWanted(sample.name)) samples.push(sample);
    if (samples.length > mostSamples)
      throw new Error(`more than ${mostSamples} series of the metrics that are looked for`);
  }
  return samples;
}

function parseLine(line: string): MetricSample | undefined {
  const head = parseHead(line);
  if (!head) return undefined;
  const { name, at } = head;
  const braced = /^\s*\{/.exec(line.slice(at));
  const start = at + (braced?.[0].length ?? 0);
  const isOpen = braced !== null || head.isOpen;
  const labels = isOpen ? parseLabels(line, start) : { values: {}, end: at };
  if (!labels) return undefined;
  const words = /^\s*(\S+)(\s|$)/.exec(line.slice(labels.end));
  const value = parseValue(words?.[1] ?? "");
  return value === undefined ? undefined : { name, labels: labels.values, value };
}

interface Head {
  readonly name: string;
  /** Where the text after it begins. */
  readonly at: number;
  /** Within the braces: a name in quotes stands there. */
  readonly isOpen: boolean;
}

function parseHead(line: string): Head | undefined {
  namePattern.lastIndex = 0;
  const name = namePattern.exec(line)?.[0];
  if (name !== undefined) return { name, at: name.length, isOpen: false };
  quotedNamePattern.lastIndex = 0;
  const quoted = quotedNamePattern.exec(line);
  return quoted
    ? { name: unescape(quoted[1] ?? ""), at: quotedNamePattern.lastIndex, isOpen: true }
    : undefined;
}

interface Labels {
  readonly values: Readonly<Record<string, string>>;
  /** Where the text after the closing brace begins. */
  readonly end: number;
}

function parseLabels(line: string, start: number): Labels | undefined {
  const values = new Map<string, string>();
  let at = start;
  labelPattern.lastIndex = at;
  for (let match = labelPattern.exec(line); match; match = labelPattern.exec(line)) {
    values.set(match[1] ?? "", unescape(match[2] ?? ""));
    at = labelPattern.lastIndex;
  }
  const close = /^\s*\}/.exec(line.slice(at));
  return close ? { values: Object.fromEntries(values), end: at + close[0].length } : undefined;
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, (_, letter: string) => (letter === "n" ? "\n" : letter));
}

function parseValue(word: string): number | undefined {
  if (/^[+-]?inf(inity)?$/i.test(word)) return word.startsWith("-") ? -Infinity : Infinity;
  if (/^[+-]?nan$/i.test(word)) return Number.NaN;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : undefined;
}
