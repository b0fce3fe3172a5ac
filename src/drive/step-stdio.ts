import { formatDuration } from "../model/units.js";
import { StepFailure } from "./failure.js";
import { intakeFor } from "./intake.js";
import { awaitedNext, open } from "./opening.js";
import type { Session } from "./session.js";
import { StdioProgram } from "./stdio-program.js";
import type { StepOf } from "./step-of.js";

/** Names the session to whatever the program starts, so that it is known whose it is. */
const sessionVariable = "WATERTIGHT_SESSION";

/** Starts a program of the target's, to be spoken to by its stdin and stdout. */
export async function stdio(session: Session, step: StepOf<"stdio">): Promise<void> {
  const { place, fill, changed } = session;
  const { framing, withinMs } = step;
  const env = { ...place.env, [sessionVariable]: fill("{session}") };
  const intake = intakeFor(framing, awaitedNext(session), session);
  const command = step.command.map((word) => fill(word));
  const program = started({ command, place: { ...place, env }, framing, intake, changed });
  await open(session, program, { withinMs, late: `not started within ${formatDuration(withinMs)}` });
}

/** Node throws where a word or the folder cannot be passed on at all. */
function started(options: ConstructorParameters<typeof StdioProgram>[0]): StdioProgram {
  try {
    return new StdioProgram(options);
  } catch (error) {
    throw new StepFailure(`cannot start ${options.command[0]}`, String(error));
  }
}
