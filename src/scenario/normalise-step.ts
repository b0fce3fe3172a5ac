import parseArgs from "string-argv";
import type { Capture, Captures, Match, Step } from "../model/scenario.js";
import type { FileCommand, FileExpect, FileStep } from "./file-step.js";
import { ms, optional } from "./units.js";

type Value<K extends string> = Extract<FileStep, Record<K, unknown>>[K &
  keyof Extract<FileStep, Record<K, unknown>>];

const openMs = 5000;
const answerMs = 5000;
const plain = { path: "/ws", headers: {}, within: "5s" };

/** A step of the file with its shorthand written out. */
export function toStep(step: FileStep): Step {
  if (step === "connect") return connectOf(plain);
  if (step === "tcp") return { kind: "tcp", framing: "line", withinMs: openMs };
  if (step === "close") return { kind: "close", code: 1000, withinMs: 2000 };
  if (isOpening(step)) return openingOf(step);
  return "send" in step || "expect" in step || "close" in step || "drop" in step
    ? messageStep(step)
    : otherStep(step);
}

type Written = Exclude<FileStep, string>;
type Having<K extends string> = Extract<Written, { readonly [key in K]: unknown }>;
type Opening = Having<"connect"> | Having<"events"> | Having<"tcp"> | Having<"unix"> | Having<"stdio">;
type Message = Having<"send"> | Having<"expect"> | Having<"close"> | Having<"drop">;

function isOpening(step: Written): step is Opening {
  return ["connect", "events", "tcp", "unix", "stdio"].some((key) => key in step);
}

function openingOf(step: Opening): Step {
  if ("connect" in step) return connectOf(step.connect);
  if ("events" in step) return eventsOf(step.events);
  if ("tcp" in step) return tcpOf(step.tcp);
  return "unix" in step ? unixOf(step.unix) : stdioOf(step.stdio);
}

function messageStep(step: Message): Step {
  if ("send" in step) return sendOf(step.send);
  if ("expect" in step) return expectOf(step.expect);
  return "close" in step ? closeOf(step.close) : dropOf(step.drop);
}

function otherStep(step: Exclude<Written, Opening | Message>): Step {
  if ("wait" in step) return { kind: "wait", ms: ms(step.wait) };
  if ("exec" in step) return execOf(step.exec);
  return "spawn" in step ? { kind: "spawn", command: words(step.spawn) } : httpOf(step.http);
}

function connectOf(value: Value<"connect">): Step {
  const { path, headers, protocols, within } =
    typeof value === "string" ? { ...plain, path: value, protocols: undefined } : value;
  return { kind: "connect", path, headers, ...(protocols && { protocols }), withinMs: ms(within) };
}

function eventsOf(value: Value<"events">): Step {
  if (typeof value === "string")
    return { kind: "events", method: "GET", path: value, headers: {}, withinMs: openMs };
  const { method, path, headers, body, within } = value;
  const sent = body === undefined ? {} : { body: textOf(body) };
  return { kind: "events", method, path, headers, ...sent, withinMs: ms(within) };
}

function tcpOf({ host, port, framing, within }: Value<"tcp">): Step {
  const to = { ...(host !== undefined && { host }), ...(port !== undefined && { port: String(port) }) };
  return { kind: "tcp", ...to, framing, withinMs: ms(within) };
}

function unixOf(value: Value<"unix">): Step {
  if (typeof value === "string") return { kind: "unix", path: value, framing: "line", withinMs: openMs };
  return { kind: "unix", path: value.path, framing: value.framing, withinMs: ms(value.within) };
}

function stdioOf(value: Value<"stdio">): Step {
  if (typeof value === "string" || !("command" in value))
    return { kind: "stdio", command: words(value), framing: "line", withinMs: openMs };
  const { command, framing, within } = value;
  return { kind: "stdio", command: words(command), framing, withinMs: ms(within) };
}

function sendOf(value: Value<"send">): Step {
  const binary = typeof value === "string" ? undefined : bytesIn(value);
  return binary === undefined ? { kind: "send", data: textOf(value) } : { kind: "send", ...binary };
}

/** The schema lets nothing stand beside `binary` that would make it a frame of JSON. */
function bytesIn(value: object): { data: string; binary: "base64" | "hex" } | undefined {
  if (!("binary" in value) || Object.keys(value).length > 1 || !isFields(value.binary)) return undefined;
  const [[encoding, data] = [], ...more] = Object.entries(value.binary);
  if (more.length > 0 || typeof data !== "string") return undefined;
  return encoding === "base64" || encoding === "hex" ? { data, binary: encoding } : undefined;
}

function closeOf({ code, while: receiving, within }: Value<"close">): Step {
  return { kind: "close", code, ...(receiving && { whileReceiving: true }), withinMs: ms(within) };
}

function dropOf(value: Value<"drop">): Step {
  if (typeof value === "string") return { kind: "drop", how: value, withinMs: 5000 };
  const { how, while: receiving, within } = value;
  return { kind: "drop", how, ...(receiving && { whileReceiving: true }), withinMs: ms(within) };
}

function execOf(value: Value<"exec">): Step {
  if (typeof value === "string" || !("command" in value)) {
    return { kind: "exec", command: words(value), exit: 0, withinMs: 10_000 };
  }
  const { command, exit, output, within } = value;
  const seen = output === undefined ? {} : { output };
  return { kind: "exec", command: words(command), exit, ...seen, withinMs: ms(within) };
}

function httpOf(value: Value<"http">): Step {
  if (typeof value === "string") {
    const rest = { method: "GET", body: undefined, status: 200, withinMs: answerMs } as const;
    return { kind: "http", path: value, ...rest };
  }
  const { method, path, headers, body, form, status, match, capture, within } = value;
  return {
    kind: "http",
    method,
    path,
    ...(headers && { headers }),
    body: optional(body, textOf),
    ...(form && { form }),
    status,
    ...(match !== undefined && { match }),
    ...(capture && { capture: capturesOf(capture) }),
    withinMs: ms(within),
  };
}

/** The words of a command; quotes group words and are taken off. */
export function words(command: FileCommand): readonly string[] {
  return typeof command === "string" ? parseArgs(command) : command;
}

function textOf(value: string | object): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function expectOf(value: FileExpect): Step {
  if (typeof value === "string")
    return { kind: "expect", match: { kind: "text", text: value }, withinMs: answerMs };
  const { event, capture, within } = value;
  const match = matchOf(value);
  const isAlone = match.kind === "json" && match.fields === value;
  const filter = typeof event === "string" && !isAlone ? { event } : {};
  const taken = isFields(capture) ? { capture: capturesOf(capture) } : {};
  return {
    kind: "expect",
    match,
    ...filter,
    ...taken,
    withinMs: typeof within === "string" ? ms(within) : answerMs,
  };
}

/** The schema keeps these words out of the fields of a frame, so that one of them decides. */
function matchOf(value: Readonly<Record<string, unknown>>): Match {
  if (value["any"] === true) return { kind: "any" };
  if (typeof value["contains"] === "string") return { kind: "contains", text: value["contains"] };
  if (typeof value["text"] === "string") return { kind: "text", text: value["text"] };
  if (typeof value["matches"] === "string") return { kind: "matches", pattern: value["matches"] };
  return { kind: "json", fields: isFields(value["json"]) ? value["json"] : value };
}

function capturesOf(capture: Readonly<Record<string, unknown>>): Captures {
  return Object.fromEntries(Object.entries(capture).map(([name, text]) => [name, captureOf(String(text))]));
}

function captureOf(text: string): Capture {
  const at = text.indexOf(" ");
  const what = text.slice(at + 1);
  const from = text.slice(0, at);
  if (from === "json") return { from, path: what };
  return from === "header" ? { from, name: what } : { from: "regex", pattern: what };
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
