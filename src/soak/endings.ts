import type { ExitInfo } from "../target/launch.js";

/** For the notes: who was followed in place of the command. */
export function heirText(pid: number, name: string): string {
  return `the command exited with code 0 and left pid ${pid} (${name}) listening: that was followed, and stopped at the end`;
}

/** Why a run ended before its time. */
export function deathOf({ code, signal }: ExitInfo, operations: number): string {
  if (code === null && signal === null)
    return `the target ended after ${operations} operations (how is not known: its command had left it in the background)`;
  const how = signal === null ? `exited with code ${code}` : `was killed by ${signal}`;
  return `the target ${how} after ${operations} operations`;
}
