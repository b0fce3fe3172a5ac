import { checkCommand } from "./check-text.js";
import { checkVariants } from "./check-variants.js";
import type { FileFlow, FileStep } from "./file.js";
import { found, quoted } from "./found.js";
import type { Mistake, Path } from "./mistake.js";
import { isVariantStep, type PlacedStep, variantsOf } from "./variants.js";

/** Steps that need an open WebSocket. */
const needsSocket: ReadonlySet<string> = new Set(["send", "expect", "close", "drop"]);
const endsSocket: ReadonlySet<string> = new Set(["close", "drop"]);
/** Placeholders of the steps: without quotes, YAML reads {session} as a mapping. */
const placeholders: ReadonlySet<string> = new Set([
  "session",
  "operation",
  "flow",
  "port",
  "socket",
  "dir",
  "goose",
]);

export function checkFlow(name: string, flow: FileFlow, held: string | undefined): Mistake[] {
  const path = ["flows", name];
  const wrong = checkVariants(name, flow);
  const variants = wrong.length > 0 ? [] : variantsOf(name, flow);
  const mistakes = [...wrong, ...distinct(variants.flatMap(({ steps }) => checkSession(steps, path)))];
  if (flow.weight === 0 && variants.length > 0 && !variants.some((variant) => variant.name === held)) {
    const text = `flow ${quoted(name)} has weight 0 and is not held open by stop.whileOpen: it would never run`;
    mistakes.push({ path: [...path, "weight"], text, fix: "give it a weight above 0, or take it out" });
  }
  return [...mistakes, ...stepsOf(flow).flatMap(({ step, path: at }) => checkStep(step, [...path, ...at]))];
}

/** Variants have most of their steps in common, and so their mistakes. */
function distinct(mistakes: readonly Mistake[]): Mistake[] {
  return [
    ...new Map(mistakes.map((mistake) => [JSON.stringify([mistake.path, mistake.text]), mistake])).values(),
  ];
}

/** Each step as it stands, of the flow and of the levels. */
function stepsOf({ steps, variants = {} }: FileFlow): PlacedStep[] {
  const own = steps.flatMap((step, index) => (isVariantStep(step) ? [] : [{ step, path: ["steps", index] }]));
  const ofLevels = Object.entries(variants).flatMap(([factor, levels]) =>
    Object.entries(levels).flatMap(([level, steps]) =>
      steps.map((step, index) => ({ step, path: ["variants", factor, level, index] })),
    ),
  );
  return [...own, ...ofLevels];
}

function checkSession(steps: readonly PlacedStep[], path: Path): readonly Mistake[] {
  if (steps.length === 0) {
    const text = "with some of its levels the flow has no step";
    return [{ path, atKey: true, text, fix: "give each of its sessions a step" }];
  }
  let open = false;
  const mistakes: Mistake[] = [];
  for (const { step, path: at } of steps) {
    const kind = kindOf(step);
    if (needsSocket.has(kind) && !open) mistakes.push(unconnected(kind, [...path, ...at]));
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
