import { formatDuration } from "../model/units.js";
import { StepFailure, inert } from "./failure.js";
import { search } from "./patterns.js";
import { Program } from "./program.js";
import type { Session } from "./session.js";
import type { StepOf } from "./step-of.js";

/** A program that was asked to run should be running by then. */
const startedWithinMs = 10_000;

/** Runs a client program to its end. */
export async function exec(session: Session, step: StepOf<"exec">): Promise<void> {
  const program = start(session, step.command, step.output !== undefined);
  await session.until({
    withinMs: step.withinMs,
    check: () => hasStarted(program, step.command) && program.ended !== undefined,
    late: () => new StepFailure(`no exit within ${formatDuration(step.withinMs)}`, program.tail),
  });
  const wanted = `exit ${step.exit}`;
  if (program.ended !== wanted) throw new StepFailure(`${program.ended} instead of ${wanted}`, program.tail);
  await program.destroy();
  if (step.output !== undefined) learnFrom(session, program, step.output);
}

function learnFrom(session: Session, program: Program, pattern: string): void {
  const found = search(pattern, program.stdout, session.fill);
  if (!found) throw new StepFailure(`stdout does not match ${inert(pattern)}`, program.tail);
  session.learn(found.groups);
}

/** Starts a client program that ends with the operation. */
export async function spawn(session: Session, step: StepOf<"spawn">): Promise<void> {
  const program = start(session, step.command, false);
  await session.until({
    withinMs: startedWithinMs,
    check: () => hasStarted(program, step.command),
    late: () => new StepFailure(`not started within ${formatDuration(startedWithinMs)}`),
  });
}

function start(session: Session, command: readonly string[], keep: boolean): Program {
  const { changed, place } = session;
  const words = command.map((word) => session.fill(word));
  return session.owns(new Program({ command: words, cwd: place.cwd, changed, keep }));
}

function hasStarted(program: Program, command: readonly string[]): boolean {
  if (program.error !== undefined) throw new StepFailure(`cannot start ${command[0]}: ${program.error}`);
  return program.started;
}
