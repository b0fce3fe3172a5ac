import type { Answers } from "./answers.js";
import type { Session } from "./project.js";
import { scalar } from "./scalar.js";

/** The flows of a first scenario: sessions that end well, and sessions that do not. */
export function flowsText({ sessions }: Answers): string[] {
  const [first, ...others] = sessions;
  if (first === undefined) return [];
  const requests = others.find((session) => session.kind === "http");
  return ["flows:", ...flowsOf(first), ...(requests ? requestFlow(requests, "requests") : [])];
}

function flowsOf(session: Session): string[] {
  if (session.kind === "websocket") return webSocket(session);
  if (session.kind === "events") return events(session.path);
  return session.kind === "http" ? requestFlow(session, "requests") : tcp;
}

function webSocket({ path, says }: Session & { kind: "websocket" }): string[] {
  const to = `connect: ${scalar(path)}`;
  return [
    "  polite: # says hello and goodbye",
    "    weight: 2",
    "    steps:",
    `      - ${to}`,
    ...greeting[says],
    "      - close",
    "  gone: # its network broke: no goodbye",
    "    steps:",
    `      - ${to}`,
    "      - drop: reset",
    "  hasty: # left before anything was said",
    "    steps:",
    `      - ${to}`,
    "      - drop: fin",
  ];
}

const greeting = {
  text: [
    "      - send: hello",
    "      # - expect: hello # what your server answers: then its work is awaited",
  ],
  json: [
    '      - send: {type: "hello"}',
    "      # - expect: {type: welcome} # what your server answers: then its work is awaited",
  ],
  "socket.io": ['      - expect: {match: "^0"}', '      - send: "40"', '      - expect: {match: "^40"}'],
  nothing: [
    "      - wait: 50ms",
    "      # - send: {type: hello} # what your clients say",
    "      # - expect: {type: welcome} # what your server answers",
  ],
} as const;

function events(path: string): string[] {
  return [
    "  listener: # reads what comes for a moment, and leaves",
    "    weight: 2",
    "    steps:",
    `      - events: ${scalar(path)}`,
    "      - wait: 50ms",
    "      - close",
    "  gone: # its network broke",
    "    steps:",
    `      - events: ${scalar(path)}`,
    "      - drop: reset",
  ];
}

function requestFlow({ paths, status }: Session & { kind: "http" }, name: string): string[] {
  return [
    `  ${name}:`,
    "    steps:",
    ...paths.map((path) =>
      status === undefined
        ? `      - http: ${scalar(path)} # must answer 200; else {path: ${scalar(path)}, status: 404}`
        : `      - http: {path: ${scalar(path)}, status: ${status}} # as it answers now`,
    ),
  ];
}

const tcp: string[] = [
  "  polite:",
  "    weight: 2",
  "    steps:",
  "      - tcp",
  '      - send: "hello\\n"',
  "      - close",
  "  gone: # its network broke",
  "    steps:",
  "      - tcp",
  "      - drop: reset",
];
