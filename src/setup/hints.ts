import type { Answers } from "./answers.js";
import type { Listener } from "./project.js";

/** What is known of a server that did not come up, or not as its scenario says. */
export interface Trouble {
  readonly answers: Answers;
  /** Why, and the last lines of its output. */
  readonly text: string;
  /** Ports on which it was seen to listen. */
  readonly ports: readonly number[];
  /** Who listens in its folder otherwise. */
  readonly others: readonly Listener[];
}

type Hint = (trouble: Trouble) => string | undefined;

/** What is missing, in words that say what to do; the surest first. Empty = nobody knows. */
export function hintsFor(trouble: Trouble): string[] {
  const hints = rules.flatMap((rule) => rule(trouble) ?? []);
  return [...new Set([...trouble.answers.start.missing.map((command) => `run first: ${command}`), ...hints])];
}

const rules: readonly Hint[] = [
  said(/Cannot find (?:module|package) '([^'./][^']*)'/, (name) => `${name} is not installed: npm install`),
  said(
    /Cannot find module '(\/[^']*)'/,
    (path) => `there is no ${path}: build it first, or correct target.command`,
  ),
  said(
    /No module named '?([\w.]+)'?/,
    (name) => `${name} is not installed: pip install ${name.split(".")[0] ?? name}`,
  ),
  said(
    /(missing go\.sum entry|no required module provides|updates to go\.mod needed)/,
    () => "run first: go mod tidy",
  ),
  said(/spawn (\S+) ENOENT/, (name) => `there is no program ${name} on the PATH`),
  said(
    /(?:^|\s)(?:sh|bash): (?:line )?\d*:? ?(\S+?): (?:command )?not found/m,
    (name) => `there is no program ${name} on the PATH`,
  ),
  said(/(EADDRINUSE|[Aa]ddress already in use)/, (_, trouble) => taken(trouble)),
  ({ answers, ports }) => notTold(answers, ports),
];

function said(pattern: RegExp, hint: (found: string, trouble: Trouble) => string): Hint {
  return (trouble) => {
    const found = pattern.exec(trouble.text);
    return found ? hint(found[1] ?? "", trouble) : undefined;
  };
}

function taken({ answers: { port }, others }: Trouble): string {
  const number = port.kind === "fixed" ? port.port : undefined;
  const holder = others.find((other) => other.port === number);
  if (!holder)
    return "its port is taken: stop whoever has it, or let the server read its port from the environment";
  return `port ${holder.port} is taken by pid ${holder.pid} (${holder.words.join(" ")}): stop it first`;
}

function notTold({ port }: Answers, ports: readonly number[]): string | undefined {
  const own = ports.filter((each) => port.kind !== "fixed" || each !== port.port);
  if (own.length === 0 || port.kind === "fixed") return undefined;
  const how =
    port.kind === "variable" ? `the variable ${port.name}` : port.kind === "words" ? port.words : "{port}";
  return `it listens on port ${own.join(", ")}, and not on the one that ${how} tells it`;
}
