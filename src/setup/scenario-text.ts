import type { Answers } from "./answers.js";
import { flowsText } from "./flows-text.js";
import type { PortWay } from "./project.js";
import { scalar } from "./scalar.js";

/** Where `npm install watertight` puts it: editors complete and check by it. */
const schema = "./node_modules/watertight/scenarios/scenario.schema.json";

/** A first scenario, as a file with comments. What was answered stands in it as it is. */
export function scenarioText(answers: Answers): string {
  const lines = [
    `# yaml-language-server: $schema=${schema}`,
    "# Does this server give back everything it takes?",
    ...howToRun(answers),
    `name: ${scalar(answers.name)}`,
    `about: ${scalar(aboutText(answers))}`,
    ...targetText(answers),
    ...flowsText(answers),
    "load: # 1000 sessions, ten at a time; more see rarer leaks: watertight plan watertight.yaml",
    "  operations: 1000",
    "  batch: 100 # after each the server is left alone, and looked at",
    "  concurrency: 10",
    "  warmup: 100 # before the baseline: caches, pools and lazy imports fill",
    "quick: {operations: 200, batch: 25, warmup: 50, drain: 1s} # --quick",
    "drain: 3s # longer than the longest timeout of the server",
    "production: # what memory is projected to, and how long until a limit is hit",
    `  sessionsPerHour: ${answers.sessionsPerHour}`,
    ...(answers.metrics === undefined ? [] : [`probes: {prometheus: ${scalar(answers.metrics)}}`]),
    "# What is kept on purpose is said here, with its reason:",
    '# criteria: {ptys: {drop: "it opens no PTY"}}',
    '# allow: [{fd: "^/var/log/", reason: "the log stays open", count: 1}]',
  ];
  return `${lines.join("\n")}\n`;
}

function howToRun({ start, port }: Answers): string[] {
  if (start.language !== "compose") {
    return [
      "#   npx watertight run watertight.yaml --quick    half a minute",
      "#   npx watertight run watertight.yaml            the whole",
    ];
  }
  const number = port.kind === "fixed" ? port.port : 0;
  return [
    "# The server runs in a container, so it is started first, and then looked at from outside, as root:",
    "#   docker compose up --detach --wait",
    `#   sudo npx watertight run watertight.yaml --quick --attach "pid:$(${containerPid(start.service)})"`,
    `# Where it is the server itself that listens on port ${number} of this machine: --attach port:${number}`,
  ];
}

/** A shell command that prints the pid of the service's first process, as the host sees it. */
export function containerPid(service: string | undefined): string {
  return `docker inspect --format '{{.State.Pid}}' "$(docker compose ps --quiet ${shellWord(service ?? "")})"`;
}

function shellWord(word: string): string {
  return /^[\w.-]+$/.test(word) ? word : `'${word.replace(/[^\w .-]/g, "")}'`;
}

function aboutText({ sessions }: Answers): string {
  const kinds = {
    websocket: "WebSocket sessions",
    events: "streams of events",
    http: "requests",
    tcp: "connections",
  };
  const [first] = sessions;
  return first === undefined
    ? "Nothing is driven yet."
    : `${kinds[first.kind]} that end well, and some that do not.`
        .replace(/^s/, "S")
        .replace(/^r/, "R")
        .replace(/^c/, "C");
}

function targetText({ start, port }: Answers): string[] {
  const url = `url: ${scalar(`ws://127.0.0.1:${port.kind === "fixed" ? port.port : "{port}"}`)}`;
  if (start.language === "compose") {
    return ["target:", '  command: "false" # it is not started by watertight, see above', `  ${url}`];
  }
  return [
    `target: # seen in ${start.from.replace(/\s+/g, " ")}`,
    "  cwd: . # where this file is",
    `  command: ${scalar(commandWith(start.command, port))}`,
    ...(port.kind === "variable" ? [`  env: {${port.name}: "{port}"} # a free port, new for each run`] : []),
    ...(port.kind === "fixed" ? [`  ${url} # it takes no other port, so that one must be free`] : []),
    ...(start.slow === true
      ? ["  ready: {within: 2m} # it is compiled first"]
      : ["  ready: {within: 20s} # its port accepts a connection"]),
  ];
}

function commandWith(command: string, port: PortWay): string {
  return port.kind === "words" ? `${command} ${port.words}` : command;
}
