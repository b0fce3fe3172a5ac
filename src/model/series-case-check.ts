import {
  bytes,
  type Check,
  count,
  isObject,
  kind,
  list,
  listOf,
  maybe,
  object,
  oneOf,
  positive,
  text,
} from "./misfit.js";
import { type Problem, usageProblem } from "./problem.js";
import type { SeriesCase } from "./series-case.js";

const longestName = 60;
const perBatch = kind("whole number above 0", (value) => Number.isSafeInteger(value) && Number(value) > 0);
const within: Check = kind("number of seconds", (value) => positive(value) === undefined || value === 0);

const frame = object({
  name: text,
  kind: oneOf(["count", "memory"]),
  opsPerBatch: maybe(perBatch),
  batchSeconds: maybe(positive),
  samples: list,
  operations: maybe(listOf(count)),
  seconds: maybe(listOf(within)),
});
const levels = {
  count: object({ baseline: listOf(count), samples: listOf(maybe(count)), finalDrain: listOf(count) }),
  memory: object({ baseline: listOf(bytes), samples: listOf(maybe(bytes)), finalDrain: listOf(bytes) }),
};

/** As a file holds it, once the frame and the levels have been checked. */
interface Found {
  readonly name: string;
  readonly kind: SeriesCase["kind"];
  readonly opsPerBatch?: number | null;
  readonly batchSeconds?: number | null;
  readonly baseline: readonly number[];
  readonly samples: readonly (number | null)[];
  readonly finalDrain: readonly number[];
  readonly operations?: readonly number[] | null;
  readonly seconds?: readonly number[] | null;
}

/**
 * One case of a file of bare series.
 * @param place where in the file it stands, e.g. `case 3`
 * @throws Problem (exit 2) that names the case and the field.
 */
export function caseOf(value: unknown, place: string): SeriesCase {
  const at =
    isObject(value) && typeof value["name"] === "string" ? `${place} (${nameOf(value["name"])})` : place;
  requireFound(value, at);
  const { name, kind, baseline, samples, finalDrain } = value;
  const operations = stepsOf({ value, at, each: "opsPerBatch", all: "operations" });
  const seconds = stepsOf({ value, at, each: "batchSeconds", all: "seconds" });
  return {
    name,
    kind,
    operations,
    atMs: seconds.map((second) => second * 1000),
    baseline,
    samples,
    drain: finalDrain,
  };
}

function nameOf(name: string): string {
  return JSON.stringify(name.length > longestName ? `${name.slice(0, longestName)}…` : name);
}

function requireFound(value: unknown, at: string): asserts value is Found {
  const misfit = frame(value) ?? (isMemory(value) ? levels.memory : levels.count)(value);
  if (misfit !== undefined) throw wrong(at, misfit.startsWith(".") ? misfit.slice(1) : `it${misfit}`);
}

function isMemory(value: unknown): boolean {
  return isObject(value) && value["kind"] === "memory";
}

interface Axis {
  readonly value: Found;
  readonly at: string;
  /** The field that tells the step where all steps are alike, and the one that tells every place. */
  readonly each: "opsPerBatch" | "batchSeconds";
  readonly all: "operations" | "seconds";
}

/** Where each sample stands on one axis, in order. */
function stepsOf({ value, at, each, all }: Axis): readonly number[] {
  const { samples } = value;
  const told = value[all];
  if (told) return inOrder(told, { value, at, each, all });
  const step = value[each];
  if (typeof step !== "number") throw wrong(at, `it has neither ${each} nor ${all}`);
  if (step * samples.length * 1000 > Number.MAX_SAFE_INTEGER)
    throw wrong(at, `${each} is too large: ${step}`);
  return samples.map((_, index) => (index + 1) * step);
}

function inOrder(told: readonly number[], { value, at, all }: Axis): readonly number[] {
  const { length } = value.samples;
  if (told.length !== length) throw wrong(at, `${all} has ${told.length} members, samples has ${length}`);
  const late = told.findIndex((place, index) => index > 0 && place <= (told[index - 1] ?? 0));
  if (late === -1) return told;
  throw wrong(
    at,
    `${all}[${late}] is ${told[late]}, after ${told[late - 1]}: they must rise from sample to sample`,
  );
}

function wrong(at: string, what: string): Problem {
  return usageProblem({
    what: `${at}: ${what}`,
    why: "counts are whole numbers, memory is bytes, none is below 0; in samples, null stands for one that was missed",
    fix: "correct the case, or leave it out",
  });
}
