import type { Answers } from "./answers.js";
import type { Session } from "./project.js";

/** What a trial has shown. */
export interface Shown {
  readonly landed: number;
  /** Ports on which the server was seen to listen. */
  readonly ports: readonly number[];
  readonly text: string;
}

/**
 * The answers to try next, where a trial went badly: the port that the server takes by itself, a session that says
 * nothing that it may not understand, a status that it answers with. Undefined = nothing is left to try.
 */
export function secondTry(answers: Answers, shown: Shown): Answers | undefined {
  const port = ownPort(answers, shown);
  if (port !== undefined) return { ...answers, port: { kind: "fixed", port } };
  const [first, ...others] = answers.sessions;
  const session = first && otherSession(first, shown.text);
  return session && { ...answers, sessions: [session, ...others] };
}

function ownPort({ port: told }: Answers, { landed, ports: [port, ...more] }: Shown): number | undefined {
  return landed === 0 && told.kind !== "fixed" && more.length === 0 ? port : undefined;
}

function otherSession(session: Session, text: string): Session | undefined {
  if (session.kind === "websocket") {
    return session.says === "text" || session.says === "json" ? { ...session, says: "nothing" } : undefined;
  }
  const status = Number(/(?:answered|found|got|status)\D{0,12}([1-4]\d\d)\b/i.exec(text)?.[1]);
  return session.kind === "http" && session.status === undefined && status > 0
    ? { ...session, status }
    : undefined;
}
