// The power curve: what share of leaks of a given size is called what.
import { judgeSeries } from "../../../dist/judge/judge-series.js";
import { evenLoad } from "./load.js";
import { caseOf, seriesOf, shapes } from "./case.js";
import { medianOf } from "./tally.js";

const verdicts = ["fail", "inconclusive", "pass"];
const countRates = [1, 1 / 10, 1 / 50, 1 / 250];
const multiples = [0.5, 1, 2];
const memoryShapes = ["public.mem_flat", "public.mem_ar1", "public.mem_sawtooth", "public.mem_warmup"];

/** Lines `what  batches  rate  fail  inconclusive  pass`, in percent. */
export function powerTable(options) {
  const lines = options.batches.flatMap((batches) => [
    ...countRates.map((rate) => countLine(rate, { ...options, batches })),
    ...memoryShapes.flatMap((name) => memoryLines(name, { ...options, batches })),
  ]);
  return ["what | batches | rate | fail % | inconclusive % | pass %", ...lines].join("\n");
}

function countLine(rate, options) {
  const leaky = { ...named("public.leak_rare_random"), fixed: { p: rate } };
  const judged = judgeAll(leaky, options);
  return line(`count, at random`, { batches: options.batches, rate: `1 per ${1 / rate}`, judged });
}

/** The rate that the pass of the clean series states is planted into series of the same noise. */
function memoryLines(name, options) {
  const clean = named(name);
  const passes = judgeAll(clean, options).filter(({ verdict }) => verdict === "pass");
  const stated = medianOf(passes.map(({ detectable }) => detectable));
  if (stated === null || !Number.isFinite(stated))
    return [`${name} | ${options.batches} | no pass states a rate`];
  return multiples.map((multiple) => {
    const judged = judgeAll(clean, { ...options, planted: multiple * stated });
    const rate = `${multiple} x ${Math.round(stated)} bytes`;
    return line(name, { batches: options.batches, rate, judged });
  });
}

function judgeAll(shape, { batches, seeds, baseSeed, rigour, planted = 0 }) {
  return Array.from({ length: seeds }, (_, i) => {
    const labelled = caseOf(shape, { baseSeed: `${baseSeed}+${planted}`, batches, seed: i + 1 });
    return judgeSeries(seriesOf(withLeak(labelled, planted)), rigour);
  });
}

/** The same case with `rate` more per operation. */
function withLeak(labelled, rate) {
  const { operations } = evenLoad(labelled.samples.length, labelled);
  const more = operations.map((each) => Math.round(rate * each));
  const end = more[more.length - 1];
  return {
    ...labelled,
    samples: labelled.samples.map((each, i) => each + more[i]),
    finalDrain: labelled.finalDrain.map((each) => each + end),
  };
}

function line(what, { batches, rate, judged }) {
  const shares = verdicts.map((verdict) => {
    const hits = judged.filter((each) => each.verdict === verdict).length;
    return ((100 * hits) / judged.length).toFixed(1);
  });
  return [what, batches, rate, ...shares].join(" | ");
}

function named(name) {
  return shapes.find((shape) => shape.name === name);
}
