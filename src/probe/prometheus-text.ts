/** One sample line of a Prometheus exposition. */
export interface MetricSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const namePattern = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const labelPattern = /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(,|(?=\}))/y;

/**
 * The samples of a text in the Prometheus format 0.0.4 or OpenMetrics 1.0. Comments, timestamps and
 * exemplars are passed over.
 * Source: https://prometheus.io/docs/instrumenting/exposition_formats/
 * @throws Error with the number and the start of the first line that is none.
 */
export function parsePrometheus(text: string): MetricSample[] {
  return text.split("\n").flatMap((raw, index) => {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) return [];
    const sample = parseLine(line);
    if (!sample) throw new Error(`line ${index + 1} is no metric: ${JSON.stringify(line.slice(0, 60))}`);
    return [sample];
  });
}

function parseLine(line: string): MetricSample | undefined {
  namePattern.lastIndex = 0;
  const name = namePattern.exec(line)?.[0];
  if (name === undefined) return undefined;
  const braced = /^\s*\{/.exec(line.slice(name.length));
  const start = name.length + (braced?.[0].length ?? 0);
  const labels = braced ? parseLabels(line, start) : { values: {}, end: name.length };
  if (!labels) return undefined;
  const words = /^\s*(\S+)(\s|$)/.exec(line.slice(labels.end));
  const value = parseValue(words?.[1] ?? "");
  return value === undefined ? undefined : { name, labels: labels.values, value };
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
