import { isZombie, processKey, ptyHolds, type PtyHold } from "../model/resource.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Leak } from "../model/finding.js";
import { type ActiveRule, type Judged, without } from "./criterion.js";
import { describePty } from "./evidence.js";
import { judgeExact, sizesLine } from "./exact.js";
import { type Held, type Holdings, holdingsOf } from "./holdings.js";
import { lackOf } from "./minimums.js";
import { unreadable } from "./readable.js";
import type { RunView } from "./run-view.js";
import { counted, leftBy } from "./wording.js";

const mostExamples = 8;

/** Masters and slaves held after the drain are those held at the baseline. Exact. */
export function judgePtys(view: RunView, rule: ActiveRule): Judged {
  const holdings = heldPtys(view);
  if (!holdings) return without("ptys", "unchecked", unreadable(view, "PTYs"));
  const left = holdings.survivors.length;
  return judgeExact({
    id: "ptys",
    view,
    rule,
    holdings,
    left,
    lack: lackOf(view, holdings.points.length),
    limit: view.record.run.system.ptyMax,
    clean: "every PTY was released",
    findings: left > rule.allow ? [leak(view, holdings)] : [],
  });
}

/** Masters and slaves that are held; undefined where the baseline or the drain cannot be read. */
export function heldPtys(view: RunView): Holdings<PtyHold> | undefined {
  return holdingsOf(view, holdsOf);
}

/** Undefined when the fds of a live process could not be listed: it might hold one. */
function holdsOf({ processes }: Snapshot): readonly Held<PtyHold>[] | undefined {
  const live = processes.filter((entry) => !isZombie(entry));
  if (live.length === 0 || live.some(({ fds }) => !Array.isArray(fds))) return undefined;
  const holds = ptyHolds(live).map((item) => ({
    key: `${item.ptsNumber} ${item.side} ${processKey(item.holder)}`,
    kind: item.side,
    item,
  }));
  // A terminal is the same one under several fds of a process: stdin, stdout and stderr.
  return [...new Map(holds.map((hold) => [hold.key, hold])).values()];
}

function leak(view: RunView, holdings: Holdings<PtyHold>): Leak {
  const holds = holdings.survivors.map(({ item }) => item);
  const ptys = new Set(holds.map(({ ptsNumber }) => ptsNumber)).size;
  const masters = holds.filter(({ side }) => side === "master").length;
  const slaves = holds.length - masters;
  const more = holds.length - mostExamples;
  return {
    criterion: "ptys",
    resource: masters > 0 ? "PTY master /dev/ptmx" : "PTY slave /dev/pts/N",
    summary: `${leftBy(ptys, view, ["PTY", "PTYs"])}: ${counted(masters, ["master", "masters"])} and ${counted(slaves, ["slave", "slaves"])} held`,
    evidence: [
      ...holds.slice(0, mostExamples).map(describePty),
      ...(more > 0 ? [`and ${more} more`] : []),
      sizesLine(holdings),
    ],
    next:
      masters > 0
        ? "Close the master on every path, errors included, once the command that ran in the PTY is gone."
        : "End the processes that still have the PTY as their terminal.",
    left: holdings.survivors.map(({ item, bornBatch }) => ({ kind: "pty", hold: item, bornBatch })),
  };
}
