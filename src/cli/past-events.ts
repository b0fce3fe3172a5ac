import type { RunEvent } from "../model/reporting.js";
import type { Judged } from "./judged.js";

/** What happened long ago, as far as it is an event now. */
export function pastEvents({ record: { run }, result }: Pick<Judged, "record" | "result">): RunEvent[] {
  const scenario = result.name;
  return [
    { type: "start", atMs: run.startedAtMs, scenario },
    { type: "verdict", atMs: Date.now(), scenario, result },
  ];
}
