import type { Leak } from "../../model/finding.js";
import {
  type FdEntry,
  isZombie,
  type ProcessEntry,
  processKey,
  ptyHolds,
  type PtyHold,
} from "../../model/resource.js";
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

/** What a look shows of PTYs; undefined when the fds of a live process could not be listed: it might hold one. */
interface Terminals {
  /** One for each PTY. A master says more than the slaves of the same PTY: it is the server's. */
  readonly all: readonly Hold[];
  /** Masters without anyone at their slave. */
  readonly bare: readonly Hold[];
}

const looks = new WeakMap<Snapshot, Terminals>();

function terminalsAt(look: Snapshot): Terminals | undefined {
  const live = look.processes.filter((entry) => !isZombie(entry));
  if (live.length === 0 || live.some(({ fds }) => !Array.isArray(fds))) return undefined;
  const seen = looks.get(look) ?? terminalsOf(live.flatMap(heldBy));
  looks.set(look, seen);
  return seen;
}

function terminalsOf(holds: readonly Hold[]): Terminals {
  const masters = holds.filter(({ item }) => item.side === "master");
  const slaves = new Set(holds.flatMap(({ item }) => (item.side === "slave" ? item.ptsNumber : [])));
  const byNumber = new Map([...holds, ...masters].map((hold) => [hold.item.ptsNumber, hold]));
  return {
    all: [...byNumber.values()],
    bare: masters.filter(({ item }) => !slaves.has(item.ptsNumber)),
  };
}

/** An idle process has the very same list in one look after the other: what was made of it is kept. */
const lists = new WeakMap<readonly FdEntry[], { readonly holder: string; readonly holds: readonly Hold[] }>();

function heldBy(process: ProcessEntry): readonly Hold[] {
  const { fds = [] } = process;
  const holder = processKey(process);
  const seen = lists.get(fds);
  if (seen?.holder === holder) return seen.holds;
  const holds = ptyHolds([process]).map((item) => ({
    key: `${item.ptsNumber} ${holder}`,
    kind: item.side,
    item,
  }));
  lists.set(fds, { holder, holds });
  return holds;
}

function holdsOf(look: Snapshot): readonly Hold[] | undefined {
  return terminalsAt(look)?.all;
}

function bareMasters(look: Snapshot): readonly Hold[] | undefined {
  return terminalsAt(look)?.bare;
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
