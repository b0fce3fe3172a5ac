import type { PortWay, Session, Start } from "./project.js";

/** All that a first scenario is made of. */
export interface Answers {
  readonly name: string;
  readonly start: Start;
  readonly port: PortWay;
  readonly sessions: readonly Session[];
  readonly sessionsPerHour: number;
  /** Path of a Prometheus page; undefined = none was seen. */
  readonly metrics: string | undefined;
}

/** Traffic that nobody was asked about. */
export const usualSessionsPerHour = 120;

/** `PORT` (a variable), `--port` or `-addr :{port}` (words), `8080` (always that one). */
export function parsePortWay(text: string): PortWay | undefined {
  const word = text.trim();
  if (/^\d{1,5}$/.test(word)) {
    const port = Number(word);
    return port > 0 && port < 65_536 ? { kind: "fixed", port } : undefined;
  }
  if (/^[A-Za-z_]\w*$/.test(word)) return { kind: "variable", name: word };
  if (word.includes("{port}")) return { kind: "words", words: word };
  return /^--?[A-Za-z][\w-]*$/.test(word) ? { kind: "words", words: `${word} {port}` } : undefined;
}

export function portWayText(way: PortWay): string {
  if (way.kind === "fixed") return String(way.port);
  if (way.kind === "variable") return way.name;
  return way.kind === "words" ? way.words : "{port}";
}

type Made = (paths: readonly string[]) => Session | undefined;

const kinds: Readonly<Record<string, Made>> = {
  websocket: ([path = "/"]) => ({
    kind: "websocket",
    path,
    says: path.startsWith("/socket.io/") ? "socket.io" : "text",
  }),
  events: ([path = "/"]) => ({ kind: "events", path }),
  http: (paths) => ({ kind: "http", paths: paths.length === 0 ? ["/"] : paths }),
  tcp: (paths) => (paths.length === 0 ? { kind: "tcp" } : undefined),
};

/** `websocket /ws`, `events /stream`, `http / /healthz`, `tcp`. */
export function parseSession(text: string): Session | undefined {
  const [kind = "", ...paths] = text.trim().split(/[\s,]+/);
  const name = kind.toLowerCase();
  if (!Object.hasOwn(kinds, name) || paths.some((path) => !path.startsWith("/"))) return undefined;
  return kinds[name]?.(paths);
}

export function sessionText(session: Session): string {
  if (session.kind === "tcp") return "tcp";
  return session.kind === "http" ? `http ${session.paths.join(" ")}` : `${session.kind} ${session.path}`;
}
