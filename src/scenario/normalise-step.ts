import parseArgs from "string-argv";
import type { Match, Step } from "../model/scenario.js";
import type { FileCommand, FileExpect, FileStep } from "./file.js";
import { ms, optional } from "./units.js";

const defaults = {
  connectMs: 5000,
  expectMs: 5000,
  closeMs: 2000,
  dropMs: 5000,
  execMs: 10_000,
  httpMs: 5000,
};

type ProgramStep = Extract<FileStep, { exec: unknown } | { spawn: unknown } | { http: unknown }>;
type Value<K extends string> = Extract<FileStep, Record<K, unknown>>[K &
  keyof Extract<FileStep, Record<K, unknown>>];

/** A step of the file with its shorthand written out. */
export function toStep(step: FileStep): Step {
  if (step === "connect") return connectOf("/ws");
  if (step === "close") return { kind: "close", code: 1000, withinMs: defaults.closeMs };
  if ("connect" in step) return connectOf(step.connect);
  if ("send" in step) return { kind: "send", data: textOf(step.send) };
  if ("expect" in step) return { kind: "expect", ...expectOf(step.expect) };
  if ("wait" in step) return { kind: "wait", ms: ms(step.wait) };
  if ("close" in step) return { kind: "close", code: step.close.code, withinMs: ms(step.close.within) };
  return "drop" in step ? dropOf(step.drop) : programStep(step);
}

function programStep(step: ProgramStep): Step {
  if ("exec" in step) return execOf(step.exec);
  return "spawn" in step ? { kind: "spawn", command: words(step.spawn) } : httpOf(step.http);
}

function connectOf(value: Value<"connect">): Step {
  if (typeof value === "string")
    return { kind: "connect", path: value, headers: {}, withinMs: defaults.connectMs };
  return { kind: "connect", path: value.path, headers: value.headers, withinMs: ms(value.within) };
}

function dropOf(value: Value<"drop">): Step {
  if (typeof value === "string") return { kind: "drop", how: value, withinMs: defaults.dropMs };
  return { kind: "drop", how: value.how, withinMs: ms(value.within) };
}

function execOf(value: Value<"exec">): Step {
  if (typeof value === "string" || !("command" in value)) {
    return { kind: "exec", command: words(value), exit: 0, withinMs: defaults.execMs };
  }
  return { kind: "exec", command: words(value.command), exit: value.exit, withinMs: ms(value.within) };
}

function httpOf(value: Value<"http">): Step {
  const plain = {
    kind: "http",
    method: "GET",
    body: undefined,
    status: 200,
    withinMs: defaults.httpMs,
  } as const;
  if (typeof value === "string") return { ...plain, path: value };
  const { method, path, body, status, within } = value;
  return { kind: "http", method, path, body: optional(body, textOf), status, withinMs: ms(within) };
}

/** The words of a command; quotes group words and are taken off. */
export function words(command: FileCommand): readonly string[] {
  return typeof command === "string" ? parseArgs(command) : command;
}

function textOf(value: string | Readonly<Record<string, unknown>>): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function expectOf(value: FileExpect): { match: Match; withinMs: number } {
  if (typeof value === "string") return { match: { kind: "text", text: value }, withinMs: defaults.expectMs };
  const { within } = value;
  return { match: matchOf(value), withinMs: typeof within === "string" ? ms(within) : defaults.expectMs };
}

/** The schema keeps these words out of the fields of a frame, so that one of them decides. */
function matchOf(value: Readonly<Record<string, unknown>>): Match {
  if (value["any"] === true) return { kind: "any" };
  if (typeof value["contains"] === "string") return { kind: "contains", text: value["contains"] };
  if (typeof value["text"] === "string") return { kind: "text", text: value["text"] };
  return { kind: "json", fields: isFields(value["json"]) ? value["json"] : value };
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
