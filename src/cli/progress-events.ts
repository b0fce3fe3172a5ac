import type { Progress } from "../model/progress.js";
import type { RunEvent } from "../model/reporting.js";

/** Turns what a run says of its progress into events: a phase when it begins, and each progress. */
export function progressEvents(tell: (event: RunEvent) => void): (progress: Progress) => void {
  let told = "";
  return (progress) => {
    const { scenario, phase, batch } = progress;
    const atMs = Date.now();
    if (told !== `${phase} ${batch}`) tell({ type: "phase", atMs, scenario, phase, batch });
    told = `${phase} ${batch}`;
    tell({ type: "progress", atMs, ...progress });
  };
}
