import { fileURLToPath } from "node:url";
import type { OriginGroup, OriginKind, StackFrame } from "../model/origin.js";
import { field } from "./field.js";

const mostGroups = 1000;
const mostFrames = 64;
const mostIds = 20_000;
const mostText = 500;

/** Stands for the folder of a preload that is not there. */
export const nowhere = "nowhere:";

/** Evaluated in a target that was started with `dist/trace/preload.js`: null in any other. */
export const originsExpression = `globalThis[Symbol.for("watertight.trace")]?.() ?? null`;

/** What the preload answered, as far as it is sound: the target may have put anything in its place. */
export interface TracedOrigins {
  readonly groups: readonly OriginGroup[];
  /** The URL of the folder of the preload. */
  readonly home: string;
  /** Things that the preload did not note, because too many were alive. */
  readonly dropped: number;
}

/** The value of a `Runtime.evaluate` answer; undefined = the target was not started with the preload. */
export function readOrigins(answer: unknown): TracedOrigins | undefined {
  const value = field(field(answer, "result"), "value");
  if (value === null || value === undefined) return undefined;
  const groups = field(value, "groups");
  if (!Array.isArray(groups)) throw new Error("the answer of the preload is malformed");
  let ids = mostIds;
  const sound = groups.slice(0, mostGroups).flatMap((group: unknown) => {
    const read = readGroup(group, ids);
    ids -= read?.ids?.length ?? 0;
    return read ?? [];
  });
  const home = text(field(value, "home")) ?? nowhere;
  return { groups: sound, home, dropped: count(field(value, "dropped")) ?? 0 };
}

function readGroup(group: unknown, mostOfIds: number): OriginGroup | undefined {
  const kind = field(group, "kind");
  const made = count(field(group, "count"));
  const stack = field(group, "stack");
  if (!isKind(kind) || made === undefined || !Array.isArray(stack)) return undefined;
  const frames = stack.slice(0, mostFrames).flatMap((frame: unknown) => readFrame(frame) ?? []);
  return { kind, count: made, stack: frames, ...details(group, kind, mostOfIds) };
}

function details(group: unknown, kind: OriginKind, mostOfIds: number): Partial<OriginGroup> {
  const [type, ids] = [text(field(group, "type")), field(group, "ids")];
  return {
    ...(type === undefined ? {} : { type }),
    ...(kind === "memory" ? { bytes: count(field(group, "bytes")) } : {}),
    ...((kind === "fd" || kind === "process") && Array.isArray(ids)
      ? { ids: ids.slice(0, mostOfIds).flatMap((id: unknown) => count(id) ?? []) }
      : {}),
  };
}

/** A frame in the words of V8: a module is named by URL, a script by path. */
function readFrame(frame: unknown): StackFrame | undefined {
  const [file, name] = [text(field(frame, "file")), text(field(frame, "name"))];
  if (file === undefined) return undefined;
  const [line, column] = [count(field(frame, "line")), count(field(frame, "column"))];
  return { file: pathOf(file), line, column, ...(name === undefined ? {} : { name }) };
}

export function pathOf(file: string): string {
  try {
    return file.startsWith("file:") ? fileURLToPath(file) : file;
  } catch {
    return file;
  }
}

function isKind(value: unknown): value is OriginKind {
  return value === "fd" || value === "process" || value === "task" || value === "memory";
}

function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value.slice(0, mostText) : undefined;
}
