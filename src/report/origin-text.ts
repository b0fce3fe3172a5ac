import type { Origin } from "../model/finding.js";
import type { StackFrame } from "../model/origin.js";
import type { CriteriaOptions } from "./criteria.js";
import { quoted, wrapped } from "./wrapped.js";

const mostCallers = 4;

/** Where it was made, who called that, and how sure that is. */
export function originLines(origin: Origin, options: CriteriaOptions): string[] {
  const [innermost, ...callers] = origin.stack;
  const name = innermost?.name === undefined ? "" : ` (${innermost.name})`;
  return [
    ...wrapped(quoted(`${origin.at}${name}`), "    Made at: ", options),
    ...(callers.length === 0 ? [] : wrapped(`called from ${callersText(callers)}`, "      ", options)),
    ...(origin.retainedBy === undefined
      ? []
      : wrapped(quoted(`held by ${origin.retainedBy}`), "      ", options)),
    ...wrapped(quoted(seenText(origin)), "      ", options),
  ];
}

/** A stack can be very long: what is not shown is only counted. */
function callersText(callers: readonly StackFrame[]): string {
  const shown = callers.slice(0, mostCallers).map(placeOf).join(", ");
  const more = callers.length - mostCallers;
  return more > 0 ? `${shown} and ${more} more` : shown;
}

function placeOf({ file, line }: StackFrame): string {
  return quoted(line === undefined ? file : `${file}:${line}`);
}

function seenText({ seen, of, by }: Origin): string {
  const share =
    of > 0 ? `${seen} of ${of} that were left when it ran again were made there` : "seen when it ran again";
  return `${share} (by ${by})`;
}
