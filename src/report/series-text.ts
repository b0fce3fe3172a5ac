import type { Unit } from "./cells.js";
import { detectableText, growthText } from "./growth.js";
import { inert } from "./inert.js";
import type { Paint } from "./paint.js";
import { type JudgedSeries, outcomeOf, type SeriesOutcome } from "./series-row.js";
import { wrap } from "./wrap.js";

export interface SeriesTextOptions {
  readonly paint: Paint;
  readonly width: number;
}

const outcomes: readonly SeriesOutcome[] = ["leak", "inconclusive", "stable"];
const indent = " ".repeat("inconclusive".length + 2);

/** For people: verdict and name, shape and growth, the reason; at the end how many of each there are. */
export function renderSeriesText(judged: readonly JudgedSeries[], options: SeriesTextOptions): string {
  const lines = judged.flatMap((one) => seriesLines(one, options));
  return [...lines, "", totalLine(judged), ""].join("\n");
}

function seriesLines({ series, verdict }: JudgedSeries, { paint, width }: SeriesTextOptions): string[] {
  const outcome = outcomeOf(verdict);
  const unit = series.kind === "memory" ? "bytes" : "count";
  const word = paint.verdict(verdict.verdict).replace(verdict.verdict, outcome);
  const first = `${word}${" ".repeat(indent.length - outcome.length)}`;
  const below = { width, first: indent, rest: indent };
  return [
    ...wrap(paint.strong(inert(series.name)), { width, first, rest: indent }),
    ...wrap(
      [verdict.shape, `growth ${growthText(verdict, unit)}`, ...powerOf(verdict, unit)].join("; "),
      below,
    ),
    ...wrap(inert(verdict.reason), below),
  ];
}

/** A leak was seen, so nobody asks what else would have been; and nothing is said twice. */
function powerOf(verdict: JudgedSeries["verdict"], unit: Unit): string[] {
  const text = detectableText(verdict, unit);
  return verdict.verdict === "fail" || verdict.reason.endsWith(text) ? [] : [text];
}

function totalLine(judged: readonly JudgedSeries[]): string {
  const counts = outcomes.map((outcome) => {
    const count = judged.filter(({ verdict }) => outcomeOf(verdict) === outcome).length;
    return `${count} ${outcome}`;
  });
  return `${judged.length} series: ${counts.join(", ")}`;
}
