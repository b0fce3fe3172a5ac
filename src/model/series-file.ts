import { isObject } from "./misfit.js";
import { messageOf, type Problem, usageProblem } from "./problem.js";
import type { SeriesCase } from "./series-case.js";
import { caseOf } from "./series-case-check.js";

/**
 * The cases of a file of bare series: a JSON array of them, one alone, or one on each line.
 * @throws Problem (exit 2) that names the line, or the case and its field.
 */
export function parseSeriesFile(content: string): SeriesCase[] {
  const whole = parse(content.replace(/^\uFEFF/, ""));
  if (!("value" in whole)) return casesOfLines(content, whole.why);
  if (!Array.isArray(whole.value)) return [caseOf(whole.value, "the case")];
  if (whole.value.length === 0) throw empty();
  return whole.value.map((value: unknown, index) => caseOf(value, `case ${index + 1}`));
}

type Parsed = { readonly value: unknown } | { readonly why: string };

function parse(json: string): Parsed {
  try {
    const value: unknown = JSON.parse(json);
    return { value };
  } catch (error) {
    return { why: messageOf(error) };
  }
}

/** @param why the whole is no JSON */
function casesOfLines(content: string, why: string): SeriesCase[] {
  const lines = content
    .split("\n")
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== "");
  const parsed = lines.map(({ line, number }) => ({ number, ...parse(line) }));
  const [first] = parsed;
  if (!first) throw empty();
  if (!("value" in first && isObject(first.value))) throw noJson("the file", why);
  if (first.value["type"] === "run") throw isRecord();
  return parsed.map((found) => {
    if ("why" in found) throw noJson(`line ${found.number}`, found.why);
    return caseOf(found.value, `line ${found.number}`);
  });
}

const fix = "write a JSON array of cases, or one case on each line";

function noJson(what: string, why: string): Problem {
  return usageProblem({ what: `${what} is no JSON`, why, fix });
}

function isRecord(): Problem {
  return usageProblem({
    what: "the file is the record of a run",
    why: "bare series are the measured numbers alone, without a run around them",
    fix: "judge it without --series: watertight judge RECORD",
  });
}

function empty(): Problem {
  return usageProblem({ what: "the file holds no case", why: "there is nothing in it to judge", fix });
}
