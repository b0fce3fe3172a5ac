import type { Step } from "../model/scenario.js";
import type { FileStep } from "./file-step.js";
import { toStep } from "./normalise-step.js";

const opening: ReadonlySet<Step["kind"]> = new Set(["connect", "events", "tcp", "unix", "stdio"]);

/** The steps of a session. On a stream of events `expect: {event: ping}` is a type; elsewhere a field of a JSON frame. */
export function toSteps(steps: readonly FileStep[]): Step[] {
  let latest: Step["kind"] | undefined;
  return steps.map((written) => {
    const step = toStep(written);
    if (opening.has(step.kind)) latest = step.kind;
    const type = latest === "events" ? typeIn(written) : undefined;
    return type === undefined ? step : typed(step, type);
  });
}

function typeIn(step: FileStep): string | undefined {
  if (typeof step === "string" || !("expect" in step) || typeof step.expect === "string") return undefined;
  const { event, ...others } = step.expect;
  return typeof event === "string" && Object.keys(others).length === 0 ? event : undefined;
}

function typed(step: Step, event: string): Step {
  return step.kind === "expect" ? { ...step, match: { kind: "any" }, event } : step;
}
