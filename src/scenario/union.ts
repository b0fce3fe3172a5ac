import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/**
 * The alternative that the writer had in mind: the one whose kind of value is right and
 * whose required keys are there. Undefined when none is that near.
 */
export function bestBranch(
  branches: readonly (readonly Issue[])[],
  value: unknown,
): readonly Issue[] | undefined {
  const near = branches.filter((issues) => !issues.some((issue) => isOff(issue, value)));
  return near.sort((a, b) => strangeKeys(a) - strangeKeys(b))[0];
}

/** The only alternative that takes this kind of value at all, whatever it lacks. */
export function onlyBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const [only, ...others] = branches.filter((issues) => issues.every((issue) => issue.path.length > 0));
  return others.length === 0 ? only : undefined;
}

/** The value is of another kind, or lacks the key that makes it this alternative. */
function isOff(issue: Issue, value: unknown): boolean {
  if (issue.code === "unrecognized_keys" || issue.code === "invalid_key") return false;
  const [key] = issue.path;
  if (key !== undefined) return issue.path.length === 1 && !Object.hasOwn(Object(value), key);
  return issue.code !== "invalid_union" || bestBranch(issue.errors, value) === undefined;
}

function strangeKeys(issues: readonly Issue[]): number {
  const counts = issues.map((issue) => {
    if (issue.code === "unrecognized_keys") return issue.keys.length;
    return issue.code === "invalid_key" ? 1 : 0;
  });
  return counts.reduce((sum: number, count) => sum + count, 0);
}
