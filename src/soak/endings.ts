import type { ExitInfo } from "../target/launch.js";

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
