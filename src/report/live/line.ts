import type { Progress } from "../../model/progress.js";
import { formatBytes, formatDuration, formatNumber } from "../../model/units.js";
import { inert } from "../inert.js";
import { fitted, type Part } from "./parts.js";

/** Where a run is, on one line that stays below `width` columns: a full line would wrap at some terminals. */
export function liveLine(progress: Progress, width: number): string {
  return fitted(partsOf(progress), width - 1);
}

function partsOf(progress: Progress): (Part | undefined)[] {
  const { operations, totalOperations, failed, perSecond, rssBytes, etaMs, waitsFor } = progress;
  return [
    { text: inert(progress.scenario), rank: 0 },
    { text: phaseText(progress), rank: 1 },
    { text: `ops ${operations}${totalOperations === undefined ? "" : `/${totalOperations}`}`, rank: 2 },
    failed > 0 ? { text: `failed ${failed}`, rank: 3 } : undefined,
    perSecond === undefined ? undefined : { text: `${formatNumber(perSecond)}/s`, rank: 7 },
    heldText(progress) === "" ? undefined : { text: heldText(progress), rank: 6 },
    rssBytes === undefined ? undefined : { text: `rss ${formatBytes(rssBytes)}`, rank: 8 },
    etaMs === undefined ? undefined : { text: `ETA ${formatDuration(etaMs)}`, rank: 5 },
    waitsFor === undefined ? undefined : { text: `waits for ${inert(waitsFor)}`, rank: 4 },
  ];
}

/** The number of a batch belongs to the settle after it as well. */
function phaseText({ phase, batch, batches }: Progress): string {
  if (phase !== "batch" && phase !== "settle") return phase;
  return `${phase} ${batch}${batches === undefined ? "" : `/${batches}`}`;
}

function heldText({ tasks, fds, processes, ptys }: Progress): string {
  const counts = { tasks, fds, procs: processes, ptys };
  const known = Object.entries(counts).filter(([, count]) => count !== undefined);
  return known.map(([name, count]) => `${name} ${count}`).join(" ");
}
