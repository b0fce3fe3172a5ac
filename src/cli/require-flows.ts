import { usageProblem } from "../model/problem.js";
import type { Scenario } from "../model/scenario.js";

/** @throws Problem exit 2: an engine makes the load, and there is nothing of it that could be left out. */
export function requireFlows({ name, load }: Pick<Scenario, "name" | "load">): void {
  if (!load.engine) return;
  const why = "an engine makes its load, and what that does cannot be made smaller from here";
  throw usageProblem({
    what: `${name} cannot be shrunk`,
    why,
    fix: "write what it does as flows, and shrink those",
  });
}
