import type { Beyond } from "../../model/comparison.js";
import { type Problem, usageProblem } from "../../model/problem.js";
import { parseBytes } from "../../model/units.js";
import { type CriterionId, criterionIds } from "../../model/verdict.js";
import { nearest } from "../../scenario/found.js";

/** `fds: 1 per 250 operations`, `1 per 250`, `memory: 2 KiB per operation` */
const form = /^(?:(?<id>[a-z]+)\s*:\s*)?(?<amount>\d+(?:\.\d+)?\s*[A-Za-z]*?)\s+per\s+(?<rest>.+)$/;
const operations = /^(?:(?<count>\d+(?:\.\d+)?)(?:\s+operations?)?|operation)$/;

/**
 * What `--beyond` allows, each time that it was given. Without a resource it holds for all that are counted and have none
 * of their own.
 * @throws Problem exit 2
 */
export function beyondOf(words: readonly string[]): Beyond {
  const stated = words.map(parsed);
  const forAll = stated.filter(({ id }) => id === undefined);
  const own = stated.filter(({ id }) => id !== undefined);
  const found: Partial<Record<CriterionId, number>> = {};
  for (const { rate } of forAll) for (const id of criterionIds) if (id !== "memory") found[id] = rate;
  for (const { id, rate } of own) if (id !== undefined) found[id] = rate;
  return found;
}

interface Stated {
  readonly id: CriterionId | undefined;
  readonly rate: number;
}

function parsed(word: string): Stated {
  const { id: name, amount = "", rest = "" } = form.exec(word.trim())?.groups ?? {};
  const id = name === undefined ? undefined : idOf(name);
  const units = id === "memory" ? parseBytes(amount) : unitsOf(amount);
  const rate = (units ?? Number.NaN) / operationsOf(rest);
  if (!Number.isFinite(rate)) throw noRate(word);
  return { id, rate };
}

/** `250 operations` → 250, `operation` → 1; NaN when it is none. */
function operationsOf(rest: string): number {
  const found = operations.exec(rest)?.groups;
  return found ? Number(found["count"] ?? 1) : Number.NaN;
}

function unitsOf(amount: string): number | undefined {
  return /^[\d.]+$/.test(amount) ? Number(amount) : undefined;
}

function idOf(name: string): CriterionId {
  const id = criterionIds.find((one) => one === name);
  if (id !== undefined) return id;
  const meant = nearest(name, criterionIds);
  throw usageProblem({
    what: `--beyond names ${name}, which is no resource`,
    why: `there are: ${criterionIds.join(", ")}`,
    ...(meant === undefined ? {} : { fix: `did you mean ${meant}?` }),
  });
}

function noRate(word: string): Problem {
  return usageProblem({
    what: `--beyond ${word} is no rate`,
    why: "it says how much more may be left per operation before it counts as a regression",
    fix: '--beyond "1 per 250 operations", --beyond "fds: 1 per 250", --beyond "memory: 2 KiB per operation"',
  });
}
