import { type Answers, usualSessionsPerHour } from "./answers.js";

/** The demo: the reference gateway, in place of a server that is not there yet. */
export const templateAnswers: Answers = {
  name: "demo",
  start: {
    language: "other",
    command: "{gateway}",
    from: "no file: this is the reference gateway; put the command of your server in its place",
    port: { kind: "inside" },
    missing: [],
  },
  port: { kind: "inside" },
  sessions: [{ kind: "websocket", path: "/ws", says: "nothing" }],
  sessionsPerHour: usualSessionsPerHour,
  metrics: "/metrics",
};
