import type { Clock } from "../model/clock.js";
import type { LogSink } from "./logs.js";

/** Nothing has come for so long: nothing more will. */
const quietMs = 1000;
/** A survivor that goes on printing is not waited for without end. */
const mostLooks = 10;

/** What a busy machine is slow to read and to write is waited for; a survivor that holds the streams open is not. */
export async function lastOutput(
  logs: Pick<LogSink, "ended" | "moved">,
  clock: Pick<Clock, "sleep">,
): Promise<void> {
  const ended = logs.ended.then(() => true);
  for (let looks = 0; looks < mostLooks; looks++) {
    const before = logs.moved();
    const isDone = await Promise.race([ended, clock.sleep(quietMs).then(() => false)]);
    if (isDone || logs.moved() === before) return;
  }
}
