import type { Finding } from "../model/finding.js";
import type { StackFrame } from "../model/origin.js";
import type { ReportedRun } from "../model/reporting.js";

/**
 * Where in the repository a file of a stack lies: its path from the root, with `/`; undefined = not in there. The
 * caller looks on the disk: a stack tells paths as the target knew them.
 */
export type Locate = (file: string, run: ReportedRun) => string | undefined;

export interface Place {
  readonly path: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
}

/** Where a frame is in the repository. */
export function placeOfFrame(
  { file, line, column }: Pick<StackFrame, "file" | "line" | "column">,
  run: ReportedRun,
  locate: Locate,
): Place | undefined {
  const path = locate(file, run);
  return path === undefined ? undefined : { path, line, column };
}

/** Where what leaks is made: the innermost frame that lies in the repository. */
export function creationPlace({ origin }: Finding, run: ReportedRun, locate: Locate): Place | undefined {
  for (const frame of origin?.stack ?? []) {
    const place = placeOfFrame(frame, run, locate);
    if (place) return place;
  }
  return undefined;
}

/** The file of the scenario: what a reader of this repository can open where nothing better is known. */
export function scenarioPlace(run: ReportedRun, locate: Locate): Place | undefined {
  const { path } = run.record.run.scenario;
  return placeOfFrame({ file: path }, run, locate);
}
