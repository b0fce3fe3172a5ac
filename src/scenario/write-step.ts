import { isDeepStrictEqual } from "node:util";
import type { Capture, Captures, Match, Step } from "../model/scenario.js";
import type { FileStep } from "./file-step.js";
import { toStep } from "./normalise-step.js";
import { time } from "./write-units.js";

/** The shortest way to write it that is read as the same. */
export function stepOf(step: Step): FileStep {
  const ways = [...shorthands(step), inFull(step)];
  return ways.find((way) => isDeepStrictEqual(toStep(way), step)) ?? inFull(step);
}

function shorthands(step: Step): FileStep[] {
  if (step.kind === "connect") return ["connect", { connect: step.path }];
  if (step.kind === "send") return fieldsIn(step.data).map((fields) => ({ send: fields }));
  if (step.kind === "expect") return shortExpects(step.match);
  if (step.kind === "tcp" || step.kind === "close") return [step.kind];
  if (step.kind === "drop") return [{ drop: step.how }];
  return shortRequests(step);
}

function shortRequests(step: Step): FileStep[] {
  if (step.kind === "exec") return [{ exec: step.command }];
  if (step.kind === "stdio") return [{ stdio: step.command }];
  if (step.kind === "http") return [{ http: step.path }];
  if (step.kind === "events") return [{ events: step.path }];
  return step.kind === "unix" ? [{ unix: step.path }] : [];
}

/** On a stream of events a field `event` alone would be read as the type of the event. */
function shortExpects(match: Match): FileStep[] {
  if (match.kind === "json") return "event" in match.fields ? [] : [{ expect: match.fields }];
  return [{ expect: match.kind === "text" ? match.text : { ...matchOf(match), within: "5s" } }];
}

/** A frame that the file can have as a mapping. */
function fieldsIn(data: string): Readonly<Record<string, unknown>>[] {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? [{ ...value }] : [];
  } catch {
    return [];
  }
}

function inFull(step: Step): FileStep {
  if (step.kind === "send")
    return { send: step.binary === undefined ? step.data : bytesOf(step.data, step.binary) };
  if (step.kind === "wait") return { wait: time(step.ms) };
  if (step.kind === "spawn") return { spawn: step.command };
  if (step.kind === "close" || step.kind === "drop") return endingInFull(step);
  if (step.kind === "exec" || step.kind === "http") return requestInFull(step);
  return step.kind === "expect" ? expectInFull(step) : openingInFull(step);
}

function bytesOf(data: string, encoding: "base64" | "hex"): Extract<FileStep, { send: unknown }>["send"] {
  return { binary: encoding === "hex" ? { hex: data } : { base64: data } };
}

type Of<K extends Step["kind"]> = Extract<Step, { readonly kind: K }>;

function openingInFull(step: Of<"connect" | "events" | "tcp" | "unix" | "stdio">): FileStep {
  const within = time(step.withinMs);
  if (step.kind === "connect") return { connect: { ...withoutKind(step), within } };
  if (step.kind === "events") return { events: { ...withoutKind(step), within } };
  if (step.kind === "tcp") return { tcp: { ...withoutKind(step), within } };
  return step.kind === "unix"
    ? { unix: { ...withoutKind(step), within } }
    : { stdio: { ...withoutKind(step), within } };
}

function withoutKind<S extends { readonly kind: string; readonly withinMs: number }>(
  step: S,
): Omit<S, "kind" | "withinMs"> {
  const { kind: _, withinMs: __, ...rest } = step;
  return rest;
}

function expectInFull({ match, event, capture, withinMs }: Of<"expect">): FileStep {
  const beside = { ...(event !== undefined && { event }), ...(capture && { capture: capturesOf(capture) }) };
  return { expect: { ...matchOf(match), ...beside, within: time(withinMs) } };
}

function endingInFull(step: Of<"close" | "drop">): FileStep {
  const within = time(step.withinMs);
  const receiving = step.whileReceiving === true ? ({ while: "receiving" } as const) : {};
  if (step.kind === "close") return { close: { code: step.code, ...receiving, within } };
  return { drop: { how: step.how, ...receiving, within } };
}

function requestInFull(step: Of<"exec" | "http">): FileStep {
  const within = time(step.withinMs);
  if (step.kind === "exec") {
    const { command, exit, output } = step;
    return { exec: { command, exit, ...(output !== undefined && { output }), within } };
  }
  const { kind: _, withinMs: __, capture, ...rest } = step;
  return { http: { ...rest, ...(capture && { capture: capturesOf(capture) }), within } };
}

function matchOf(match: Match): Readonly<Record<string, unknown>> {
  if (match.kind === "any") return { any: true };
  if (match.kind === "matches") return { matches: match.pattern };
  return match.kind === "json" ? { json: match.fields } : { [match.kind]: match.text };
}

function capturesOf(captures: Captures): Record<string, string> {
  return Object.fromEntries(Object.entries(captures).map(([name, capture]) => [name, captureOf(capture)]));
}

function captureOf(capture: Capture): string {
  if (capture.from === "json") return `json ${capture.path}`;
  return capture.from === "header" ? `header ${capture.name}` : `regex ${capture.pattern}`;
}
