import { resolve } from "node:path";
import { crossChecks } from "../judge/cross-checks.js";
import { judgeBare } from "../judge/judge-bare.js";
import { type ExitCode, exitCodes, usageProblem } from "../model/problem.js";
import { type SeriesCase, seriesOf } from "../model/series-case.js";
import { parseSeriesFile } from "../model/series-file.js";
import { explainSeries } from "../report/explain.js";
import { paintOf } from "../report/paint.js";
import { renderSeriesJson, renderSeriesNdjson } from "../report/series-ndjson.js";
import { type JudgedSeries, outcomeOf } from "../report/series-row.js";
import { renderSeriesText } from "../report/series-text.js";
import { nearest } from "../scenario/found.js";
import { type Host, wantsColour } from "./host.js";
import { toldOf, wholeText } from "./input-file.js";
import { widthOf } from "./columns.js";
import { shortPath } from "./short-path.js";

/** What `watertight judge` is asked for, as commander leaves it. */
export interface JudgeOptions {
  /** Each as it was given. */
  readonly reporter?: readonly string[];
  /** A file of bare series. */
  readonly series?: string;
  /** What to explain, by name; true = all. */
  readonly explain?: string | true;
}

interface Surroundings {
  readonly options: JudgeOptions;
  readonly host: Host;
}

/** `watertight judge --series`: each series for itself. @returns 1 if any leaks, 3 if any is undecided, else 0. */
export async function judgeSeriesCommand(path: string, { options, host }: Surroundings): Promise<ExitCode> {
  const cases = chosen(await casesOf(path, host.cwd()), options.explain);
  const width = widthOf(host);
  const isExplained = options.explain !== undefined;
  const judged = cases.map((found) => judge(found, isExplained ? width : undefined));
  host.stdout.write(
    isExplained ? judged.map(({ text }) => text).join("\n") : printed(judged, { options, host }),
  );
  return exitCodeOf(judged);
}

async function casesOf(named: string, cwd: string): Promise<SeriesCase[]> {
  const path = resolve(cwd, named);
  const file = { path, shown: shortPath(path, cwd), fix: "name a file of bare series" };
  const text = await wholeText(file);
  return toldOf(file, () => parseSeriesFile(text));
}

function chosen(cases: readonly SeriesCase[], name: string | true | undefined): readonly SeriesCase[] {
  if (typeof name !== "string") return cases;
  const named = cases.filter((found) => found.name === name);
  if (named.length > 0) return named;
  const meant = nearest(
    name,
    cases.map((found) => found.name),
  );
  const fix = meant === undefined ? "leave the name out to see them all" : `did you mean ${meant}?`;
  throw usageProblem({ what: `no series is named ${name}`, fix });
}

/** The points are let go at once, since a file can hold millions. @param width explain it so wide */
function judge(found: SeriesCase, width: number | undefined): JudgedSeries & { readonly text: string } {
  const series = seriesOf(found);
  const verdict = judgeBare(series);
  const { name, kind } = series;
  if (width === undefined) return { series: { name, kind }, verdict, text: "" };
  const numbers = { ...verdict.numbers, ...crossChecks(series) };
  const text = explainSeries(series, { ...verdict, numbers, verdict: outcomeOf(verdict) }, { width });
  return { series: { name, kind }, verdict, text };
}

function printed(judged: readonly JudgedSeries[], { options, host }: Surroundings): string {
  const format = formatOf(options.reporter);
  if (format === "ndjson") return renderSeriesNdjson(judged);
  if (format === "json") return renderSeriesJson(judged);
  return renderSeriesText(judged, { paint: paintOf(wantsColour(host, host.stdout)), width: widthOf(host) });
}

const formats = ["default", "json", "ndjson"] as const;

/** Bare series are no runs: they have one document, on stdout. */
function formatOf(words: readonly string[] = ["default"]): (typeof formats)[number] {
  const [word, ...others] = words;
  const format = formats.find((name) => name === word);
  if (format !== undefined && others.length === 0) return format;
  throw usageProblem({
    what: `--reporter ${words.join(" --reporter ")} is not for --series`,
    why: "bare series are told on stdout, in one way",
    fix: `use one of these: ${formats.join(", ")}`,
  });
}

function exitCodeOf(judged: readonly JudgedSeries[]): ExitCode {
  const outcomes = new Set(judged.map(({ verdict }) => outcomeOf(verdict)));
  if (outcomes.has("leak")) return exitCodes.fail;
  return outcomes.has("inconclusive") ? exitCodes.inconclusive : exitCodes.pass;
}
