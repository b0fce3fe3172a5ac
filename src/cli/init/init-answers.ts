import { type Problem, Problem as ProblemError, exitCodes, usageProblem } from "../../model/problem.js";
import {
  type Answers,
  parsePortWay,
  parseSession,
  portWayText,
  sessionText,
  usualSessionsPerHour,
} from "../../setup/answers.js";
import type { PortWay, Project, Session, Start } from "../../setup/project.js";
import { sessionsOf } from "../../setup/sessions.js";
import { allSource } from "../../setup/sources.js";

/** One question: what stands there by itself, and what is wrong with an answer (undefined = nothing). */
export interface Question {
  readonly message: string;
  readonly default: string | undefined;
  readonly wrong: (answer: string) => string | undefined;
}

/** Asks at a terminal. Rejects when the reader leaves. */
export type Ask = (question: Question) => Promise<string>;

/** What is answered where nobody is asked. @throws Problem (exit 2): nothing was seen to start. */
export function answersSeen(project: Project, starts: readonly Start[]): Answers {
  const [start] = starts;
  if (start === undefined) throw nothingSeen(project);
  const sessions = sessionsOf(project);
  return {
    name: nameOf(project),
    start,
    port: start.port ?? { kind: "variable", name: "PORT" },
    sessions: sessions.length === 0 ? [{ kind: "http", paths: ["/"] }] : sessions,
    sessionsPerHour: usualSessionsPerHour,
    metrics: /["'`]\/metrics["'`]/.test(allSource(project)) ? "/metrics" : undefined,
  };
}

function nameOf({ name }: Project): string {
  const plain = name.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "");
  return plain === "" ? "server" : plain.slice(0, 60);
}

function nothingSeen({ name, files }: Project): Problem {
  const why =
    files.size === 0
      ? `${name} has no package.json, go.mod, Python file, Procfile, Dockerfile or Compose file, and nothing listens from within it`
      : "none of its files tells how a server is started: no start script, no main package, nothing that listens";
  return usageProblem({
    what: "there is no server to be found here",
    why,
    fix: "go to the folder of your server, or answer the questions at a terminal; a demo to start from: watertight init --template",
  });
}

/** The four questions. What was seen stands there by itself. */
export async function askAll(ask: Ask, project: Project, starts: readonly Start[]): Promise<Answers> {
  const seen = starts.length > 0 ? answersSeen(project, starts) : undefined;
  const start = await askStart(ask, starts);
  const port = await askPort(ask, start);
  const sessions = await askSession(ask, seen?.sessions ?? sessionsOf(project));
  const perHour = await ask({
    message: "How many sessions an hour are there in production?",
    default: String(usualSessionsPerHour),
    wrong: (answer) => (Number(answer) > 0 ? undefined : "a number above 0, such as 120"),
  });
  const metrics = seen?.metrics;
  return { name: nameOf(project), start, port, sessions, sessionsPerHour: Number(perHour), metrics };
}

async function askStart(ask: Ask, starts: readonly Start[]): Promise<Start> {
  const [first] = starts;
  if (first?.language === "compose") return first;
  const command = await ask({
    message: "How is it started?",
    default: first?.command,
    wrong: (answer) => (answer.trim() === "" ? "a command, such as node server.js" : undefined),
  });
  const same = starts.find((start) => start.command === command.trim());
  return (
    same ?? {
      language: "other",
      command: command.trim(),
      from: "your answer",
      port: first?.port,
      missing: [],
    }
  );
}

async function askPort(ask: Ask, start: Start): Promise<PortWay> {
  if (start.command.includes("{port}")) return { kind: "inside" };
  const known = start.port ?? { kind: "variable", name: "PORT" };
  if (known.kind === "inside") return known;
  const answer = await ask({
    message: "How does it know its port? A variable (PORT), an option (--port), or always the same (8080)",
    default: portWayText(known),
    wrong: (text) => (parsePortWay(text) ? undefined : "PORT, --port or 8080"),
  });
  return parsePortWay(answer) ?? known;
}

async function askSession(ask: Ask, seen: readonly Session[]): Promise<readonly Session[]> {
  const first = seen[0] ?? { kind: "http", paths: ["/"] };
  const answer = await ask({
    message: "What does a session do? websocket PATH, events PATH, http PATH…, tcp",
    default: sessionText(first),
    wrong: (text) =>
      parseSession(text) ? undefined : "websocket /ws, events /stream, http / /healthz, or tcp",
  });
  // What was seen knows more: what the server wants to hear.
  if (answer.trim() === sessionText(first)) return seen.length === 0 ? [first] : seen;
  const own = parseSession(answer);
  return own ? [own] : seen;
}

/** Someone who left in the midst of the questions. */
export function leftQuestions(): Problem {
  return new ProblemError({ what: "interrupted: nothing is written" }, exitCodes.interrupted);
}
