import { exitCodes } from "../model/problem.js";

/** The option of `run` that maps the exit code to what `git bisect run` expects. */
export const bisectOption = "--exit-code-for-bisect";

/** A commit that cannot be judged is left out. */
const skip = 125;
/** Above 127 ends the bisection: a mistake in the command would else count as bad, commit by commit. */
const abort = 128;

/** git-bisect(1), "Bisect run": 0 is good, 1 is bad, 125 cannot be tested, above 127 ends the bisection. */
export function bisectCode(exitCode: number): number {
  if (exitCode === exitCodes.inconclusive || exitCode === exitCodes.broke) return skip;
  return exitCode === exitCodes.usage ? abort : exitCode;
}
