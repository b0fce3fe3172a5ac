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

/** The value is of another kind, or lacks the key that makes it this alternative. */
function isOff(issue: Issue, value: unknown): boolean {
  if (issue.code === "unrecognized_keys" || issue.code === "invalid_key") return false;
  const [key] = issue.path;
  if (key !== undefined) return issue.path.length === 1 && !Object.hasOwn(Object(value), key);
  return issue.code !== "invalid_union" || bestBranch(issue.errors, value) === undefined;
}

function strangeKeys(issues: readonly Issue[]): number {
  return issues.filter((issue) => issue.code === "unrecognized_keys" || issue.code === "invalid_key").length;
}
