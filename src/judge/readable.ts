import type { Gap } from "../model/reading.js";
import { processKey } from "../model/resource.js";
import type { RunView } from "./run-view.js";

export const noBaseline = "the run ended before its baseline; run it to its end";

/** Why the fds of the target, and what is known through them, could not be read: one sentence that names a gap. */
export function unreadable(view: RunView, noun: string): string {
  if (view.baseline.length === 0) return `${noun} not read: the run ended before its baseline`;
  const last = view.drain.at(-1) ?? view.batches.at(-1) ?? view.baseline.at(-1);
  const isThere = last?.processes.some((entry) => view.oldHands.has(processKey(entry)));
  if (!isThere) return `${noun} not read: no process of the baseline was there any more at the end`;
  const gaps = view.record.snapshots.flatMap(({ gaps }) => gaps);
  const gap = gaps.find(({ what }) => what.includes("/fd")) ?? gaps[0];
  return gap ? `${noun} not read: ${gapText(gap)}` : `${noun} not read: the record holds none`;
}

/** Where /proc does not list every process, one that is not seen is no proof. */
export function hiddenTree(view: RunView): string | undefined {
  const looks = [...view.baseline, ...view.drain];
  const gap = looks.flatMap(({ gaps }) => gaps).find(({ why }) => why === "hidden");
  return (
    gap &&
    `processes not read: ${gap.what} hides those of other users (hidepid), so one that was left might not be seen: run as root, or where /proc is mounted without hidepid`
  );
}

/** What could not be read, why, and for what is a matter of rights: who may. */
export function gapText({ what, why }: Gap): string {
  const isForbidden = why === "EACCES" || why === "EPERM";
  return isForbidden
    ? `${what}: ${why}, it is another user's: run as that user, or as root (in a container with CAP_SYS_PTRACE)`
    : `${what}: ${why}`;
}
