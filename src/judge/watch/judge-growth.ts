import type { SeriesVerdict } from "../../model/series.js";
import type { Shape, Verdict } from "../../model/verdict.js";
import { passIfSeen } from "../asked.js";
import type { ActiveRule } from "../criterion.js";
import { type JudgedLevel, type Level, sizesOf } from "../judge-levels.js";
import { runRigour } from "../rigour.js";
import { counted } from "../wording.js";
import { judgeInUse } from "../judge-in-use.js";
import { isYoung } from "./levels.js";
import type { Lives } from "./lives.js";
import { explainedBy, loadOf } from "./load.js";
import { boundBySurvivors, type Newcomers, newcomersOf } from "./newcomers.js";
import type { WatchedView } from "./watched-view.js";
import { loadText, whenText } from "./words.js";

export interface GrowthCase<T> {
  readonly view: WatchedView;
  readonly rule: ActiveRule;
  /** What was held at each look; at least one. */
  readonly levels: readonly Level[];
  /** Who was held; undefined for what is only counted. */
  readonly lives: Lives<T> | undefined;
  readonly noun: readonly [string, string];
  /** So many may one session hold. */
  readonly perConnection: number;
}

/** What the growth of one resource comes to. */
export interface Growth<T> {
  readonly level: Level;
  readonly verdict: Extract<Verdict, "pass" | "fail" | "inconclusive">;
  readonly reason: string;
  readonly shape: Shape;
  /** Per unit of the watch. */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  readonly detectable: number;
  readonly numbers: Readonly<Record<string, number>>;
  readonly newcomers: Newcomers<T>;
  /** It passes since none stayed, whatever the level does. */
  readonly isByLives: boolean;
}

/** Of what has grown at least this share came in the first half of the watch, where it leaks: a leak brings half of it then. */
const leastEarlyShare = 0.2;
const nobody = { all: [], old: [] };

/**
 * Does what is held grow for good? Under load a level alone says little: it rises with the load, too. So a failure needs
 * a level that goes on rising, by more than the load explains, and members from early in the watch among what is left.
 */
export function judgeGrowth<T>(found: GrowthCase<T>): Growth<T> | undefined {
  const { view, rule, levels, lives } = found;
  const [gravest] = judgeInUse(levels, runRigour(view, { ...rule, detectPerOperation: undefined }));
  if (!gravest) return undefined;
  const newcomers: Newcomers<T> = lives ? newcomersOf(view, lives) : nobody;
  const weighed = { ...found, gravest, newcomers };
  const { perOperation: rate, low, high, numbers, shape } = gravest.verdict;
  const detectable = detectableOf(weighed);
  const load = loadOf(view);
  const known = {
    level: gravest.level,
    rate,
    low,
    high,
    detectable,
    shape,
    newcomers,
    isByLives: lives !== undefined && newcomers.old.length <= rule.allow,
    numbers: {
      ...numbers,
      openAtStart: load.from,
      openAtMost: load.to,
      loadFactor: load.factor,
      explained: explained(weighed),
      older: newcomers.old.length,
    },
  };
  return { ...known, ...decide({ ...weighed, detectable }) };
}

interface Weighed<T> extends GrowthCase<T> {
  readonly gravest: JudgedLevel<Level>;
  readonly newcomers: Newcomers<T>;
}

type Decision = Pick<Growth<unknown>, "verdict" | "reason">;

function decide(weighed: Weighed<unknown> & { readonly detectable: number }): Decision {
  const { gravest, rule, view, detectable, noun } = weighed;
  const { verdict } = gravest.verdict;
  if (verdict === "fail") {
    const doubt = doubtOf(weighed);
    return doubt === undefined
      ? { verdict: "fail", reason: gravest.verdict.reason }
      : { verdict: "inconclusive", reason: doubt };
  }
  const reason = stillness(weighed);
  if (reason !== undefined) {
    const sight = {
      reason,
      detectable,
      asked: rule.detectPerOperation,
      kind: "count",
      unit: view.unit,
    } as const;
    return passIfSeen(sight);
  }
  return { verdict: "inconclusive", reason: `${openText(weighed, noun)}; to tell, ${settles(weighed)}` };
}

/** Why what grows may be no leak. */
function doubtOf(weighed: Weighed<unknown>): string | undefined {
  const { gravest, newcomers, lives, view, noun } = weighed;
  const growth = gravest.verdict.perOperation * view.span;
  const excuse = explained(weighed);
  if (surelyGrown(gravest.verdict) * view.span <= excuse) {
    return `${openText(weighed, noun)}; ${loadText(loadOf(view))}, which may be why; to tell, ${settles(weighed)}`;
  }
  const fromEarlyOn = newcomers.all.filter(({ born }) => isEarly(view, born?.operations ?? 0)).length;
  if (lives && fromEarlyOn < leastEarlyShare * growth) {
    return `${openText(weighed, noun)}; but most of what is held came ${whenText(view)}; to tell, ${settles(weighed)}`;
  }
  return undefined;
}

function isEarly(view: WatchedView, born: number): boolean {
  return born - (view.baseline.at(-1)?.operations ?? 0) <= view.span / 2;
}

function surelyGrown({ numbers, low }: SeriesVerdict): number {
  return Math.min(low, numbers["lowAtAlpha"] ?? low);
}

function explained({ gravest, perConnection, view }: Weighed<unknown>): number {
  const { baseline } = sizesOf(gravest.level.series);
  return explainedBy(loadOf(view), { held: baseline, perConnection });
}

/** Why it is at rest; undefined where that is not sure. */
function stillness({ gravest, lives, newcomers, rule, noun }: Weighed<unknown>): string | undefined {
  if (lives && newcomers.old.length <= rule.allow) {
    return newcomers.all.length === 0
      ? "none came and stayed"
      : `what is held is young: none of the ${noun[1]} that came in the first half was there at the end`;
  }
  return gravest.verdict.verdict === "pass" ? "the number held is at rest" : undefined;
}

/** `31 processes at the start, 60 at the end, 31 of them older than half of the watch` */
function openText({ gravest, newcomers }: Weighed<unknown>, noun: readonly [string, string]): string {
  const { baseline, end } = sizesOf(gravest.level.series);
  const held = `${counted(baseline, noun)} at the start, ${end ?? baseline} at the end`;
  const { old } = newcomers;
  return old.length === 0 ? held : `${held}, ${old.length} of them older than half of the watch`;
}

function settles({ view }: Weighed<unknown>): string {
  const longer = "watch longer, or under a steady load, or with `run --attach`";
  return isYoung(view) ? `${longer} (the server had just been started)` : longer;
}

/** The better of two ways of seeing a leak: by the noise of the level, and by how few have stayed. */
function detectableOf({ gravest, lives, newcomers, view }: Weighed<unknown>): number {
  const { detectable, verdict, numbers } = gravest.verdict;
  const byLevel = verdict === "pass" ? detectable : Number.POSITIVE_INFINITY;
  const byLives = lives ? boundBySurvivors(view, newcomers.all, numbers["power"] ?? 0.995) : byLevel;
  return Math.min(byLevel, byLives);
}
