import type { FileStep } from "./file-step.js";
import { quoted } from "./found.js";
import type { Mistake, Path } from "./mistake.js";
import type { PlacedStep } from "./variants.js";

/** Steps that open a connection, and what it is called. */
const opened: ReadonlyMap<string, string> = new Map([
  ["connect", "a WebSocket"],
  ["events", "a stream of events"],
  ["tcp", "a TCP connection"],
  ["unix", "a Unix socket"],
  ["stdio", "a program's stdin and stdout"],
]);
const needsOpen: ReadonlySet<string> = new Set(["send", "expect", "close", "drop"]);

/** What the steps before have left open: by which step, and whether its own half is ended. */
interface Open {
  readonly by: string;
  readonly half: boolean;
}

/** Steps that are right by themselves, and not in this order. */
export function checkOrder(steps: readonly PlacedStep[], path: Path): readonly Mistake[] {
  if (steps.length === 0) {
    const text = "with some of its levels the flow has no step";
    return [{ path, atKey: true, text, fix: "give each of its sessions a step" }];
  }
  let open: Open | undefined;
  const mistakes: Mistake[] = [];
  for (const { step, path: at } of steps) {
    const wrong = mistakeOf(step, open);
    if (wrong) mistakes.push({ path: [...path, ...at], ...wrong });
    open = after(step, open);
  }
  return mistakes;
}

type Words = Pick<Mistake, "text" | "fix">;

function mistakeOf(step: FileStep, open: Open | undefined): Words | undefined {
  const kind = kindOf(step);
  if (needsOpen.has(kind) && !open) {
    return { text: `${quoted(kind)} without an open connection`, fix: "put `connect` before it" };
  }
  if (kind === "send") return cannotSend(open);
  if (kind === "expect") return wrongExpect(step, open);
  return wayOf(step) === "silence" && open?.by === "stdio" ? silentProgram : undefined;
}

function cannotSend(open: Open | undefined): Words | undefined {
  if (open?.by === "events") {
    return { text: "`send` on a stream of events, which only the server writes", fix: "send it by `http`" };
  }
  if (open?.half !== true) return undefined;
  return { text: "`send` after `drop: half-close`, which ended that half", fix: "put `send` before it" };
}

function wrongExpect(step: FileStep, open: Open | undefined): Words | undefined {
  if (typeof step === "string" || !("expect" in step) || typeof step.expect === "string") return undefined;
  const isFilter = "event" in step.expect && "within" in step.expect;
  if (!isFilter || open === undefined || open.by === "events") return undefined;
  const text = `\`event\` asks for a type of event, and the connection is ${opened.get(open.by) ?? "another"}`;
  return { text, fix: "leave `event` out, or put a field of that name under `json`" };
}

const silentProgram: Words = {
  text: "`silence` after `stdio`: a program sees the end of its client by its stdin",
  fix: "write `fin`, `half-close`, `reset` or `stall`",
};

/** After a mistake of order go on as if it were right, so that it is named once. */
function after(step: FileStep, open: Open | undefined): Open | undefined {
  const kind = kindOf(step);
  if (opened.has(kind)) return { by: kind, half: false };
  if (wayOf(step) === "half-close") return { by: open?.by ?? "connect", half: true };
  if (kind === "close" || kind === "drop") return undefined;
  return open ?? (needsOpen.has(kind) ? { by: "connect", half: false } : undefined);
}

function wayOf(step: FileStep): string | undefined {
  if (typeof step === "string" || !("drop" in step)) return undefined;
  return typeof step.drop === "string" ? step.drop : step.drop.how;
}

function kindOf(step: FileStep): string {
  return typeof step === "string" ? step : (Object.keys(step)[0] ?? "");
}
