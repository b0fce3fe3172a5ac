import { exitCodeOf } from "../../judge/exit-code.js";
import type { HistoryEntry, TrendRow } from "../../model/history.js";
import { exitCodes } from "../../model/problem.js";
import { formatDuration } from "../../model/units.js";
import { renderHistoryJson } from "../../report/history/history-json.js";
import { renderTrend } from "../../report/history/trend-text.js";
import { wrapped } from "../../report/wrapped.js";
import type { Due } from "../../suite/due.js";
import { widthOf } from "../columns.js";
import { wantsColour } from "../host.js";
import { nameOf, type Night } from "./nightly-run.js";

export interface ToldNight {
  readonly night: Night;
  readonly ran: readonly HistoryEntry[];
  readonly left: readonly Due[];
  /** Of the whole history. */
  readonly rows: readonly TrendRow[];
  /** Undefined = it could not be written. */
  readonly index: string | undefined;
  readonly exitCode: number;
}

export interface NightEnd {
  /** What an interrupt exits with. */
  readonly interrupted: number | undefined;
  /** Something could not be written. */
  readonly isLost: boolean;
}

/** As of run; a fail in quarantine does not count. */
export function exitCodeOfNight(ran: readonly HistoryEntry[], { interrupted, isLost }: NightEnd): number {
  if (interrupted !== undefined) return interrupted;
  const counted = ran.map(({ verdict, quarantine }) => ({
    verdict: quarantine ? ("pass" as const) : verdict,
  }));
  const code = exitCodeOf(counted, { interrupted: false });
  return isLost && code !== exitCodes.fail ? exitCodes.broke : code;
}

/** What goes to stdout at the end: the rows of this suite. */
export function renderNightly(told: ToldNight): string {
  const { night, ran, left, index, exitCode } = told;
  const { request, host } = night;
  const rows = rowsOfSuite(told);
  if (request.json) {
    const { name } = request.suite;
    return renderHistoryJson({ suite: name, night: night.night, exitCode, index, ran, left, rows });
  }
  const look = { colour: wantsColour(host, host.stdout), width: widthOf(host) };
  const tookMs = ran.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const took = `${ran.length} ${ran.length === 1 ? "run" : "runs"} in ${formatDuration(tookMs)}`;
  return [
    ...wrapped(`${request.suite.name}, ${night.night}: ${took}`, "", look),
    renderTrend(rows, look),
    ...leftLines(told, look.width),
    ...(index === undefined ? [] : [`index: ${index}`]),
    `exit code: ${exitCode}${left.length > 0 ? `, ${left.length} not run` : ""}`,
    "",
  ].join("\n");
}

function leftLines({ left, night }: ToldNight, width: number): string[] {
  if (left.length === 0) return [];
  const { budgetMs } = night.request;
  const isStopped = night.interrupts.asked.aborted;
  const why =
    isStopped || budgetMs === undefined ? "stopped before" : `no time within ${formatDuration(budgetMs)} for`;
  const next = isStopped ? "" : "; next time they come first";
  return wrapped(`${why}: ${left.map((due) => nameOf(due, night.request)).join(", ")}${next}`, "", { width });
}

function rowsOfSuite({ night, rows }: ToldNight): TrendRow[] {
  const { suite, scenarioOf } = night.request;
  const own = suite.pairs.map((pair) => `${pair.target}\n${scenarioOf(pair).scenario.name}`);
  return rows.filter(({ target, scenario }) => own.includes(`${target}\n${scenario}`));
}
