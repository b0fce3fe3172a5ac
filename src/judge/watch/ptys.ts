import type { Leak } from "../../model/finding.js";
import { isZombie, processKey, ptyHolds, type PtyHold } from "../../model/resource.js";
import type { Snapshot } from "../../model/snapshot.js";
import { type ActiveRule, type Judged, resultOf, without } from "../criterion.js";
import { describePty } from "../evidence.js";
import type { Held } from "../holdings.js";
import { unreadable } from "../readable.js";
import type { RunView } from "../run-view.js";
import { leftBy } from "../wording.js";
import { courseLine } from "./course-line.js";
import { judgeGrowth } from "./judge-growth.js";
import { lackOf } from "./lack.js";
import { leftOf } from "./left.js";
import { wholeLevel } from "./levels.js";
import { type Life, livesOf } from "./lives.js";
import { judgedBy, sizes } from "./result.js";
import { stuckIn } from "./stuck.js";
import { watchedView } from "./watched-view.js";

const noun = ["PTY", "PTYs"] as const;
const perConnection = 2;
const mostExamples = 8;

/** A PTY belongs to a session: those that stay and grow are left over, and so is a master without anyone at its slave. */
export function judgeWatchedPtys(run: RunView, rule: ActiveRule): Judged {
  const view = watchedView(run);
  const lives = livesOf(view, holdsOf);
  if (!lives) return without("ptys", "unchecked", unreadable(run, noun[1]));
  const level = wholeLevel(view, (look) => holdsOf(look)?.length);
  const lack = lackOf(view, level.series.points.length);
  if (lack !== undefined) {
    return { result: resultOf("ptys", "inconclusive", { ...sizes(level), reason: lack }), findings: [] };
  }
  const growth = judgeGrowth({ view, rule, levels: [level], lives, noun, perConnection });
  if (!growth) return without("ptys", "unchecked", unreadable(run, noun[1]));
  const bare = livesOf(view, bareMasters);
  const stuck = bare ? stuckIn(view, bare, rule) : [];
  const left = growth.verdict === "fail" ? leftOf(view, growth) : stuck;
  const findings = left.length > 0 ? [leak(run, left, courseLine(level))] : [];
  return judgedBy({ id: "ptys", view, growth, findings, stuck: stuck.length });
}

type Hold = Held<PtyHold>;

/** One for each PTY. Undefined when the fds of a live process could not be listed: it might hold one. */
function holdsOf({ processes }: Snapshot): readonly Hold[] | undefined {
  const live = processes.filter((entry) => !isZombie(entry));
  if (live.length === 0 || live.some(({ fds }) => !Array.isArray(fds))) return undefined;
  const holds = ptyHolds(live).map((item): [number, Hold] => {
    const { ptsNumber, side, holder } = item;
    return [ptsNumber, { key: `${ptsNumber} ${processKey(holder)}`, kind: side, item }];
  });
  // A master says more than the slaves of the same PTY: it is the server's.
  const masters = holds.filter(([, { item }]) => item.side === "master");
  return [...new Map([...holds, ...masters]).values()];
}

function bareMasters(look: Snapshot): readonly Hold[] | undefined {
  const holds = holdsOf(look);
  if (!holds) return undefined;
  const slaves = new Set(
    ptyHolds(look.processes).flatMap(({ side, ptsNumber }) => (side === "slave" ? ptsNumber : [])),
  );
  return holds.filter(({ item }) => item.side === "master" && !slaves.has(item.ptsNumber));
}

function leak(view: RunView, left: readonly Life<PtyHold>[], course: string): Leak {
  const hasMaster = left.some(({ item }) => item.side === "master");
  const more = left.length - mostExamples;
  return {
    criterion: "ptys",
    resource: hasMaster ? "PTY master /dev/ptmx" : "PTY slave /dev/pts/N",
    summary: leftBy(left.length, view, noun),
    evidence: [
      ...left.slice(0, mostExamples).map(({ item }) => describePty(item)),
      ...(more > 0 ? [`and ${more} more`] : []),
      course,
    ],
    next: hasMaster
      ? "Close the master on every path, errors included, once the command that ran in the PTY is gone."
      : "End the processes that still have the PTY as their terminal.",
    left: left.map(({ item, born }) => ({ kind: "pty", hold: item, bornBatch: born?.batch })),
  };
}
