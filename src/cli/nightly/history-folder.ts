import { randomBytes } from "node:crypto";
import { segmentFileName } from "../../history/segment-name.js";
import { brokeProblem, messageOf } from "../../model/problem.js";
import { makeFolder } from "../../soak/make-folder.js";

export const defaultHistory = "reports/history";

/** A name of a file of a history that nobody else has. */
export function nextSegmentName(): string {
  return segmentFileName(Date.now(), randomBytes(4).toString("hex"));
}

/** @throws Problem exit 4: it cannot be made. */
export function makeHistoryFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    const fix = "name another folder with --history DIR";
    throw brokeProblem({ what: `cannot make the history ${folder}`, why: messageOf(error), fix }, error);
  }
}
