import type { Listener, PortWay, Project, Start } from "./project.js";
import { allSource, firstOf } from "./sources.js";
import { portWayOf } from "./port-way.js";

const inside: PortWay = { kind: "inside" };

/** `web: node server.js --port $PORT` (the format of foreman and Heroku). */
export function procfileStarts(project: Project): Start[] {
  const line = firstOf(project.files.get("Procfile") ?? "", /^web:\s*(.+)$/m);
  if (line === undefined) return [];
  const own = line.trim().replace(/\$\{?PORT(:-\d+)?\}?/g, "{port}");
  const isPlain = !/[;&|<>$`'"\\]|^\w+=/.test(own);
  return [
    {
      language: languageOf(own),
      command: isPlain ? own : `sh -c ${JSON.stringify(own.startsWith("exec ") ? own : `exec ${own}`)}`,
      from: "Procfile, web",
      // Who reads $PORT in the program is told as the platform does.
      port: own.includes("{port}")
        ? inside
        : (portWayOf(allSource(project)) ?? { kind: "variable", name: "PORT" }),
      missing: [],
    },
  ];
}

/** Of a process that runs already: its own words, with its port made free to choose where it stands among them. */
export function runningStarts(project: Project): Start[] {
  return project.listeners.slice(0, 2).map((listener) => {
    const { words, port, pid } = listener;
    const hasPort = words.some((word) => portIn(word, listener));
    const command = words.map((word) => (portIn(word, listener) ? word.replace(`${port}`, "{port}") : word));
    return {
      language: languageOf(words.join(" ")),
      command: command.map(quotedWord).join(" "),
      from: `process ${pid}, which listens on port ${port}`,
      port: hasPort ? inside : (portWayOf(allSource(project)) ?? { kind: "fixed", port }),
      missing: [],
    };
  });
}

function portIn(word: string, { port }: Listener): boolean {
  return new RegExp(`(^|\\D)${port}$`).test(word);
}

function quotedWord(word: string): string {
  return /^[\w./:=@{}-]+$/.test(word) ? word : JSON.stringify(word);
}

/** The image's own command, run outside of it. */
export function dockerfileStarts(project: Project): Start[] {
  const text = project.files.get("Dockerfile") ?? "";
  const found = firstOf(text, /^(?:CMD|ENTRYPOINT)\s+(.+)$/m);
  if (found === undefined) return [];
  const exposed = firstOf(text, /^EXPOSE\s+(\d+)/m);
  const port = portWayOf(allSource(project)) ?? (exposed === undefined ? undefined : fixed(Number(exposed)));
  const command = wordsOfCommand(found);
  return [{ language: languageOf(command), command, from: "Dockerfile", port, missing: [] }];
}

function fixed(port: number): PortWay {
  return { kind: "fixed", port };
}

function wordsOfCommand(text: string): string {
  try {
    const words: unknown = JSON.parse(text);
    if (Array.isArray(words)) return words.map((word) => quotedWord(String(word))).join(" ");
  } catch {
    // The form without brackets.
  }
  return text.trim();
}

function languageOf(command: string): Start["language"] {
  if (/^(\S*\/)?(node|npm|npx|yarn|pnpm|tsx)\b/.test(command)) return "node";
  if (/^(\S*\/)?(python\d?|uvicorn|gunicorn|flask|hypercorn|daphne)\b/.test(command)) return "python";
  return "other";
}
