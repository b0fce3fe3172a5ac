import type { Check, Diagnosis, LookCost } from "../model/doctor.js";
import { formatNumber } from "../model/units.js";
import { criterionIds } from "../model/verdict.js";
import { inert } from "./inert.js";
import type { Paint } from "./paint.js";
import { wrap } from "./wrap.js";

export interface DoctorOptions {
  readonly width: number;
  readonly paint: Paint;
}

/** What the machine can see: the answer first, then the gaps, then what is well. */
export function renderDoctor({ checks, costs }: Diagnosis, options: DoctorOptions): string {
  const gaps = checks.filter(({ state }) => state === "gap");
  const rest = checks.filter(({ state }) => state !== "gap");
  const lines = [
    ...wrap(answer(checks), { width: options.width, first: "", rest: "" }),
    "",
    ...gaps.flatMap((check) => checkLines(check, options)),
    ...(gaps.length > 0 ? [""] : []),
    ...rest.flatMap((check) => checkLines(check, options)),
    ...costLines(costs, options),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

/** Criteria that cannot be judged here, in their order. */
export function blockedOf(checks: readonly Check[]): readonly string[] {
  const blocked = new Set(checks.flatMap(({ blocks = [] }) => blocks));
  return criterionIds.filter((id) => blocked.has(id));
}

function answer(checks: readonly Check[]): string {
  const blocked = blockedOf(checks);
  const gaps = checks.filter(({ state }) => state === "gap").length;
  const told = gaps === 0 ? "no gaps" : `${gaps} ${gaps === 1 ? "gap" : "gaps"}, see below`;
  return blocked.length === 0
    ? `All six criteria can be judged here; ${told}.`
    : `Not every criterion can be judged here: ${blocked.join(", ")} cannot; ${told}.`;
}

const colours = { ok: "pass", gap: "inconclusive", note: "dropped" } as const;

function checkLines({ id, state, found, costs, mend }: Check, { width, paint }: DoctorOptions): string[] {
  const label = paint.like(colours[state], state.padEnd(4));
  const put = (name: string, text: string | undefined): string[] =>
    text === undefined ? [] : wrap(inert(text), { width, first: `         ${name}: `, rest: "           " });
  return [
    ...wrap(inert(`${id}: ${found}`), { width, first: `  ${label} `, rest: "       " }),
    ...put("costs", costs),
    ...put("mend", mend),
  ];
}

function costLines(costs: readonly LookCost[], { width }: DoctorOptions): string[] {
  if (costs.length === 0) return [];
  const rows = costs.map(
    ({ processes, fds, medianMs }) =>
      `  ${String(processes).padStart(9)}  ${String(fds).padStart(11)}  ${formatNumber(medianMs)} ms`,
  );
  return [
    "",
    ...wrap("One look at a tree takes, in the median; a run takes one after each batch:", {
      width,
      first: "",
      rest: "",
    }),
    "  processes  descriptors  time",
    ...rows,
  ];
}
