import type { Problem } from "../model/problem.js";
import type { ExitInfo } from "../target/launch.js";
import type { Ending } from "./fate.js";

/** For the notes: who was followed in place of the command. */
export function heirText(pid: number, name: string): string {
  return `the command exited with code 0 and left pid ${pid} (${name}) listening: that was followed, and stopped at the end`;
}

/** Why a run ended before its time. */
export function deathOf({ code, signal }: ExitInfo, operations: number): string {
  // Of one that was attached to, or left by its command in the background, only its parent is told more.
  const how =
    signal !== null ? `was killed by ${signal}` : code === null ? "ended" : `exited with code ${code}`;
  return `the target ${how} after ${operations} operations`;
}

/** Its last lines have a place of their own in the report. */
export function notStarted({ message, why, fix }: Problem, stop: AbortSignal): Ending {
  const [first = "", ...logTail] = (why ?? "").split("\n");
  const reason = [message, first.replace(/(; )?its last output:$/, "")].filter(Boolean).join(": ");
  const outcome = stop.aborted ? "interrupted" : "broke";
  return { outcome, reason: fix === undefined ? reason : `${reason}; to fix it: ${fix}`, logTail };
}
