import parseArgs from "string-argv";
import type { Match, Step } from "../model/scenario.js";
import type { FileCommand, FileExpect, FileStep } from "./file.js";
import { ms } from "./units.js";

const defaults = {
  connectMs: 5000,
  expectMs: 5000,
  closeMs: 2000,
  dropMs: 5000,
  execMs: 10_000,
  httpMs: 5000,
};

type KeyOf<T> = T extends object ? keyof T : never;
type Kind = KeyOf<FileStep>;
type Value<K extends Kind> = Extract<FileStep, Record<K, unknown>>[K];

const converters: { readonly [K in Kind]: (value: Value<K>) => Step } = {
  connect: (value) =>
    typeof value === "string"
      ? { kind: "connect", path: value, headers: {}, withinMs: defaults.connectMs }
      : { kind: "connect", path: value.path, headers: value.headers, withinMs: ms(value.within) },
  send: (value) => ({ kind: "send", data: textOf(value) }),
  expect: (value) => ({ kind: "expect", ...matchOf(value) }),
  wait: (value) => ({ kind: "wait", ms: ms(value) }),
  close: (value) => ({ kind: "close", code: value.code, withinMs: ms(value.within) }),
  drop: (value) =>
    typeof value === "string"
      ? { kind: "drop", how: value, withinMs: defaults.dropMs }
      : { kind: "drop", how: value.how, withinMs: ms(value.within) },
  exec: (value) =>
    isCommand(value)
      ? { kind: "exec", command: words(value), exit: 0, withinMs: defaults.execMs }
      : { kind: "exec", command: words(value.command), exit: value.exit, withinMs: ms(value.within) },
  spawn: (value) => ({ kind: "spawn", command: words(value) }),
  http: (value) =>
    typeof value === "string"
      ? { kind: "http", method: "GET", path: value, body: undefined, status: 200, withinMs: defaults.httpMs }
      : {
          kind: "http",
          method: value.method,
          path: value.path,
          body: value.body === undefined ? undefined : textOf(value.body),
          status: value.status,
          withinMs: ms(value.within),
        },
};

/** A step of the file with its shorthand written out. */
export function toStep(step: FileStep): Step {
  if (step === "connect") return converters.connect("/ws");
  if (step === "close") return { kind: "close", code: 1000, withinMs: defaults.closeMs };
  const [kind, value] = Object.entries(step)[0] as [Kind, never];
  return converters[kind](value);
}

/** The words of a command; quotes group words and are taken off. */
export function words(command: FileCommand): readonly string[] {
  return typeof command === "string" ? parseArgs(command) : command;
}

function isCommand(value: Value<"exec">): value is FileCommand {
  return typeof value === "string" || Array.isArray(value);
}

function textOf(value: string | Readonly<Record<string, unknown>>): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The schema keeps these words out of the fields of a frame, so that one of them decides. */
function matchOf(value: FileExpect): { match: Match; withinMs: number } {
  if (typeof value === "string") return { match: { kind: "text", text: value }, withinMs: defaults.expectMs };
  const withinMs = typeof value["within"] === "string" ? ms(value["within"]) : defaults.expectMs;
  return { match: mappingMatch(value), withinMs };
}

function mappingMatch(value: Exclude<FileExpect, string>): Match {
  const { any, contains, text, json } = value as Readonly<Record<string, unknown>>;
  if (any === true) return { kind: "any" };
  if (typeof contains === "string") return { kind: "contains", text: contains };
  if (typeof text === "string") return { kind: "text", text };
  return { kind: "json", fields: (json ?? value) as Readonly<Record<string, unknown>> };
}
