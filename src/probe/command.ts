import { basename } from "node:path";
import type { Clock } from "../model/clock.js";
import { messageOf } from "../model/problem.js";
import type { ProbeSample } from "../model/snapshot.js";
import { within } from "./limit.js";
import type { Probe } from "./probe.js";
import { parseReadings } from "./readings.js";
import { outputOf } from "./run-command.js";

/** What one look is about. */
export interface Aim {
  /** The program and its arguments, placeholders filled in. */
  readonly words: readonly string[];
  /** The process that it looks at; undefined where that is the target as a whole. */
  readonly pid: number | undefined;
}

export interface AttachCommand {
  /** As in the scenario, e.g. `jvm`. */
  readonly name: string;
  /** The program, for the statement of costs. */
  readonly program: string;
  /** Asked at every look, since a worker may have been restarted; throws where there is nothing to look at. */
  readonly aim: () => Aim;
  /** Told of the pid of each run. */
  readonly onStart: (pid: number) => void;
  readonly clock: Clock;
  readonly limitMs: number;
}

/**
 * Runs a program at every look and takes the numbers that it prints: `tasks`, `tasks.TYPE`, `fds` and `memory`
 * (live bytes, so a program that can have garbage collected should) for what their names say, all else as values.
 * Cost to the target: whatever the program does to it.
 */
export function attachCommand(options: AttachCommand): Probe {
  const { name, program, aim, onStart, clock, limitMs } = options;
  return {
    name,
    cost: `one run of ${basename(program)}`,
    connects: true,
    async sample({ signal }) {
      try {
        const { words, pid } = aim();
        const run = (over: AbortSignal): Promise<string> => outputOf(words, { onStart, signal: over });
        const readings = parseReadings(await within({ clock, ms: limitMs, signal }, run));
        return { probe: name, ...(pid === undefined ? {} : { pid }), ...toldIn(readings), gaps: [] };
      } catch (error) {
        return { probe: name, gaps: [{ what: `command probe ${name}`, why: messageOf(error) }] };
      }
    },
    close: () => Promise.resolve(),
  };
}

const typePrefix = "tasks.";
const resources: ReadonlySet<string> = new Set(["tasks", "memory", "fds"]);

function toldIn(readings: ReadonlyMap<string, number>): Omit<ProbeSample, "probe" | "gaps"> {
  const all = [...readings];
  const types = all.filter(([name]) => name.startsWith(typePrefix));
  const values = all.filter(([name]) => !resources.has(name) && !name.startsWith(typePrefix));
  const sum = types.length === 0 ? undefined : types.reduce((total, [, count]) => total + count, 0);
  const memory = readings.get("memory");
  return {
    tasks: countOf("tasks", readings.get("tasks") ?? sum),
    ...(types.length > 0 && {
      tasksByType: Object.fromEntries(types.map(([name, count]) => [name.slice(typePrefix.length), count])),
    }),
    fds: countOf("fds", readings.get("fds")),
    ...(memory !== undefined && { liveBytes: countOf("memory", Math.round(memory)), collected: true }),
    ...(values.length > 0 && { values: Object.fromEntries(values) }),
  };
}

function countOf(name: string, value: number | undefined): number | undefined {
  if (value === undefined || (Number.isSafeInteger(value) && value >= 0)) return value;
  throw new Error(`${name} is ${value}, which is no count`);
}
