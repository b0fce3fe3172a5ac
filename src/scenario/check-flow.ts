import { checkCommand } from "./check-text.js";
import type { FileFlow, FileStep } from "./file.js";
import { found, quoted } from "./found.js";
import type { Mistake, Path } from "./mistake.js";

/** Steps that need an open WebSocket. */
const needsSocket: ReadonlySet<string> = new Set(["send", "expect", "close", "drop"]);
const endsSocket: ReadonlySet<string> = new Set(["close", "drop"]);
/** Placeholders of the steps: without quotes, YAML reads {session} as a mapping. */
const placeholders: ReadonlySet<string> = new Set(["session", "operation", "flow", "port", "dir", "goose"]);

export function checkFlow(name: string, flow: FileFlow, held: string | undefined): Mistake[] {
  const path = ["flows", name];
  const mistakes = [...checkOrder(flow, path)];
  if (flow.weight === 0 && name !== held) {
    const text = `flow ${quoted(name)} has weight 0 and is not held open by stop.whileOpen: it would never run`;
    mistakes.push({ path: [...path, "weight"], text, fix: "give it a weight above 0, or take it out" });
  }
  return [...mistakes, ...flow.steps.flatMap((step, index) => checkStep(step, [...path, "steps", index]))];
}

function checkOrder(flow: FileFlow, path: Path): readonly Mistake[] {
  let open = false;
  const mistakes: Mistake[] = [];
  for (const [index, step] of flow.steps.entries()) {
    const kind = kindOf(step);
    const at = [...path, "steps", index];
    if (needsSocket.has(kind) && !open) mistakes.push(unconnected(kind, at));
    // After a mistake of order go on as if it were right, so that it is named once.
    open = endsSocket.has(kind) ? false : open || kind === "connect" || needsSocket.has(kind);
  }
  return mistakes;
}

function unconnected(kind: string, path: Path): Mistake {
  return { path, text: `${quoted(kind)} without an open connection`, fix: "put `connect` before it" };
}

function kindOf(step: FileStep): string {
  return typeof step === "string" ? step : (Object.keys(step)[0] ?? "");
}

function checkStep(step: FileStep, path: Path): readonly Mistake[] {
  if (typeof step === "string") return [];
  if ("spawn" in step) return checkCommand(step.spawn, [...path, "spawn"]);
  if ("exec" in step) return checkExec(step.exec, [...path, "exec"]);
  return unquoted(step, path);
}

function checkExec(exec: Extract<FileStep, { exec: unknown }>["exec"], path: Path): readonly Mistake[] {
  if (typeof exec === "string") return checkCommand(exec, path);
  return "command" in exec ? checkCommand(exec.command, [...path, "command"]) : [];
}

/** Finds `sessionID: {session}`, which YAML takes for a mapping with a key and no value. */
function unquoted(value: unknown, path: Path): readonly Mistake[] {
  if (typeof value !== "object" || value === null) return [];
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first && first[1] === null && placeholders.has(first[0])) {
    const word = `{${first[0]}}`;
    const text = `expected text, found ${found(value)}: YAML reads ${word} without quotes as a mapping`;
    return [{ path, text, fix: `write "${word}" in quotes` }];
  }
  return entries.flatMap(([key, each]) =>
    unquoted(each, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
