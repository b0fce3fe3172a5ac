import { messageOf } from "../model/problem.js";
import type { Count } from "../model/engine.js";
import { httpGet } from "../probe/http-get.js";
import { isSelected, parseSelector } from "../probe/metric-selector.js";
import { type MetricSample, parsePrometheus } from "../probe/prometheus-text.js";
import { fillText } from "../target/command.js";
import { Unlanded } from "./unlanded.js";

export type Metric = Extract<Count, { from: "metric" }>;

const maxBytes = 8 * 1024 ** 2;
const withinMs = 5000;

/** A counter on a Prometheus page, read again and again. */
export class Counter {
  readonly #metric: Metric;
  readonly #url: string;
  #last: number | undefined;

  /** @param values of the placeholders in its URL */
  constructor(metric: Metric, values: Readonly<Record<string, string>>) {
    this.#metric = metric;
    this.#url = fillText(metric.url, values);
  }

  get source(): string {
    return `metric ${this.#metric.name}`;
  }

  /**
   * By how much it rose since the last time, 0 at first.
   * @throws Unlanded when it cannot be read, is not there, or went down.
   */
  async risen(): Promise<number> {
    const now = await this.#read();
    const before = this.#last ?? now;
    this.#last = now;
    if (now >= before) return now - before;
    throw new Unlanded(
      `the ${this.source} went down from ${before} to ${now}: whoever counts was restarted, so what was done is not known`,
    );
  }

  async #read(): Promise<number> {
    const selector = parseSelector(this.#metric.name);
    const samples = samplesIn(await this.#page(), selector.name, this.#url);
    const values = samples.filter((sample) => isSelected(selector, sample)).map(({ value }) => value);
    if (values.length === 0) throw new Unlanded(`there is no ${this.source} at ${this.#url}`);
    const total = values.reduce((sum, value) => sum + value, 0);
    if (!Number.isFinite(total))
      throw new Unlanded(`the ${this.source} at ${this.#url} is no number: ${total}`);
    return Math.round(total);
  }

  async #page(): Promise<string> {
    const accept = "text/plain;version=0.0.4";
    try {
      const signal = AbortSignal.timeout(withinMs);
      return (await httpGet({ url: this.#url, maxBytes, signal, accept })).text;
    } catch (error) {
      throw new Unlanded(`cannot read the ${this.source} at ${this.#url}: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }
}

function samplesIn(page: string, name: string, url: string): readonly MetricSample[] {
  try {
    return parsePrometheus(page, (each) => each === name);
  } catch (error) {
    throw new Unlanded(`the page at ${url} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
