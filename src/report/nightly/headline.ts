import { fullDay } from "./dates.js";
import type { Standing } from "./standing.js";

/** The whole night in one sentence: what leaks, what is new of it, what is fixed, what did not run. */
export function headline(standings: readonly Standing[], axis: readonly string[]): string {
  const lastNight = axis.at(-1);
  if (lastNight === undefined) return "No night is in this history yet.";
  const told = [leaking(standings, axis.length > 1), ...others(standings)].join(", ");
  return `In the night of ${fullDay(lastNight)}, ${told}.`;
}

function leaking(standings: readonly Standing[], hasBefore: boolean): string {
  const fresh = standings.filter(({ state }) => state === "new").length;
  const older = standings.filter(({ state }) => state === "still").length;
  const all = fresh + older;
  const isOne = standings.length === 1;
  if (all === 0)
    return isOne ? "the one scenario does not leak" : `none of ${standings.length} scenarios leaks`;
  const subject = isOne ? "the one scenario" : `${all} of ${standings.length} scenarios`;
  const split = hasBefore ? `${fresh} new since the night before, ${older} for longer` : "the first night";
  return `${subject} ${all === 1 ? "leaks" : "leak"} (${split})`;
}

function others(standings: readonly Standing[]): string[] {
  const count = (is: (standing: Standing) => boolean): number => standings.filter(is).length;
  const broke = count(hasBroken);
  return [
    [count(({ state }) => state === "fixed"), "is fixed", "are fixed"],
    [count((each) => each.state === "unclear" && !hasBroken(each)), "is unclear", "are unclear"],
    [
      count((each) => each.state === "quarantined" && !hasBroken(each)),
      "is in quarantine",
      "are in quarantine",
    ],
    [broke, "broke off", "broke off"],
    [count(({ ranLastNight }) => !ranLastNight), "did not run", "did not run"],
  ].flatMap(([number, one, many]) => (number === 0 ? [] : [`${number} ${number === 1 ? one : many}`]));
}

function hasBroken({ last, ranLastNight }: Standing): boolean {
  return ranLastNight && last?.verdict === "broke";
}
