import type { LeavingOperation, LeftBy } from "../model/finding.js";
import type { CriteriaOptions } from "./criteria.js";
import { quoted, someOf, wrapped } from "./wrapped.js";

const mostLeft = 4;
const mostOthers = 4;

/** Which operation left it and how that is known, which others did, and for how many that is not known. */
export function leftByLines(by: LeftBy, options: CriteriaOptions): string[] {
  const [example, ...others] = by.examples;
  if (example === undefined) return wrapped(unknownText(by), "    Left by: ", options);
  return [
    ...wrapped(quoted(exampleText(example)), "    Left by: ", options),
    ...wrapped(quoted(`${example.sureness}: ${example.because}`), "      ", options),
    ...(others.length === 0 ? [] : wrapped(othersText(others), "      also by ", options)),
    ...countsLines(by, options),
  ];
}

/** `operation 412 (flow failing, step close): pts/17, pid 991 goose run` */
function exampleText({ operation, flow, step, left }: LeavingOperation): string {
  const at = step === undefined ? "" : `, step ${step}`;
  return `operation ${operation} (flow ${flow}${at}): ${someOf(left, mostLeft)}`;
}

function othersText(others: readonly LeavingOperation[]): string {
  const names = others.map(({ operation, flow }) => `${operation} (${flow})`);
  return quoted(`operation ${someOf(names, mostOthers)}`);
}

/** One thing that is known for certain needs no count. */
function countsLines(by: LeftBy, options: CriteriaOptions): string[] {
  const { certain, likely, unattributed, wouldHelp } = by;
  const counts = [
    [certain, "certain"],
    [likely, "likely"],
    [unattributed, "not known"],
  ] as const;
  const told = counts.filter(([count]) => count > 0).map(([count, what]) => `${what} for ${count}`);
  const help = wouldHelp === undefined ? "" : `; it would help to ${wouldHelp}`;
  const isPlain = certain <= 1 && likely + unattributed === 0 && help === "";
  return isPlain ? [] : wrapped(quoted(`${told.join(", ")}${help}`), "      ", options);
}

function unknownText({ unattributed, wouldHelp }: LeftBy): string {
  const count = unattributed > 1 ? ` for ${unattributed}` : "";
  return quoted(`not known${count}${wouldHelp === undefined ? "" : `; it would help to ${wouldHelp}`}`);
}
