import type { Flow } from "../model/scenario.js";
import type { FileFlow, FileFlowStep, FileStep } from "./file.js";
import type { Path } from "./mistake.js";

/** Flows that a file may come to, its variants counted. */
export const mostFlows = 64;

/** A step, and where in the flow it stands. */
export interface PlacedStep {
  readonly step: FileStep;
  readonly path: Path;
}

/** A flow of the file, or one of its variants: a level of each factor chosen. */
export interface Variant {
  /** The flow's name, or `goose-session/fails/fin`. */
  readonly name: string;
  readonly variant: Flow["variant"];
  readonly weight: number;
  readonly steps: readonly PlacedStep[];
}

/** Factors in the order of the file, each with its levels. */
export function factorsOf({
  variants = {},
}: FileFlow): { readonly name: string; readonly levels: readonly string[] }[] {
  return Object.entries(variants).map(([name, levels]) => ({ name, levels: Object.keys(levels) }));
}

/** How many flows this one stands for. */
export function sizeOf(flow: FileFlow): number {
  return factorsOf(flow).reduce((product, { levels }) => product * levels.length, 1);
}

/** Every combination of levels, the last factor's changing first; the flow itself where it has no variants. */
export function variantsOf(name: string, flow: FileFlow): Variant[] {
  const factors = factorsOf(flow);
  const weight = flow.weight / sizeOf(flow);
  return combinations(factors.map(({ levels }) => levels)).map((chosen) => {
    const levels = Object.fromEntries(factors.map((factor, index) => [factor.name, chosen[index] ?? ""]));
    return {
      name: [name, ...chosen].join("/"),
      variant: chosen.length === 0 ? undefined : { of: name, levels },
      weight,
      steps: flow.steps.flatMap((step, index) => placedSteps(step, { flow, levels, index })),
    };
  });
}

function combinations(lists: readonly (readonly string[])[]): string[][] {
  return lists.reduce<string[][]>(
    (all, list) => all.flatMap((chosen) => list.map((one) => [...chosen, one])),
    [[]],
  );
}

interface Place {
  readonly flow: FileFlow;
  readonly levels: Readonly<Record<string, string>>;
  readonly index: number;
}

function placedSteps(step: FileFlowStep, { flow, levels, index }: Place): readonly PlacedStep[] {
  if (!isVariantStep(step)) return [{ step, path: ["steps", index] }];
  const factor = step.variant;
  const level = Object.hasOwn(levels, factor) ? (levels[factor] ?? "") : "";
  const steps = own(own(flow.variants, factor), level) ?? [];
  return steps.map((step, at) => ({ step, path: ["variants", factor, level, at] }));
}

export function isVariantStep(step: FileFlowStep): step is { readonly variant: string } {
  return typeof step === "object" && "variant" in step;
}

/** Names of the file may be those that every object has. */
function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
