import { taskSource } from "../judge/task-series.js";
import type { RunView } from "../judge/run-view.js";
import type { Leftover } from "../model/leftover.js";
import type { CauseFacts } from "./left-by.js";

export interface Knowledge {
  /** What cannot be attributed. */
  readonly unknown: readonly Leftover[];
  /** Something of it is attributed for certain. */
  readonly isCertain: boolean;
  /** An operation that left some of it is known, if only likely. */
  readonly isNamed: boolean;
}

interface Limit {
  readonly holds: (facts: CauseFacts, knowledge: Knowledge) => boolean;
  readonly advice: string;
}

/** Why it is not known who left it, and what would make it known. The first that holds is told. */
const limits: readonly Limit[] = [
  {
    holds: ({ view }, { unknown }) => unknown.length > 0 && isForbidden(view),
    advice: "run as the same user as the target, so that its fds and sockets can be read",
  },
  {
    holds: ({ view }) => view.record.run.scenario.load.engine !== undefined,
    advice: "drive it by flows for once: of an engine's sessions it is not known which is which",
  },
  {
    holds: (_, { unknown }) => unknown.some(({ kind }) => kind === "process" || kind === "zombie"),
    advice: "pass {session} to what the server starts, in its arguments or its environment",
  },
  {
    holds: ({ view, parts }, { isNamed }) =>
      !isNamed && parts.some(({ criterion }) => criterion === "tasks") && taskSource(view).name === "threads",
    advice: "expose pprof, or let the inspector be opened, so that tasks are counted and told apart",
  },
  {
    holds: ({ parts }, { isCertain, isNamed, unknown }) =>
      unknown.length > 0 ? !isCertain : !isNamed && isCounted(parts),
    advice: "run with concurrency: 1 and a few operations in a batch, which tells who leaves it",
  },
];

export function wouldHelp(facts: CauseFacts, knowledge: Knowledge): string | undefined {
  return limits.find(({ holds }) => holds(facts, knowledge))?.advice;
}

function isCounted(parts: CauseFacts["parts"]): boolean {
  return parts.some(({ criterion }) => criterion === "tasks" || criterion === "memory");
}

function isForbidden({ drain }: RunView): boolean {
  const { gaps = [] } = drain.at(-1) ?? {};
  return gaps.some(({ why }) => why === "EACCES" || why === "EPERM");
}
