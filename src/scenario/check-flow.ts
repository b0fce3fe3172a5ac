import { checkOrder } from "./check-order.js";
import { checkStep } from "./check-step.js";
import { checkUses, variablesOf } from "./check-variables.js";
import { checkVariants } from "./check-variants.js";
import type { FileFlow } from "./file.js";
import { quoted } from "./found.js";
import type { Mistake } from "./mistake.js";
import { isVariantStep, type PlacedStep, variantsOf } from "./variants.js";

export function checkFlow(name: string, flow: FileFlow, held: string | undefined): Mistake[] {
  const path = ["flows", name];
  const wrong = checkVariants(name, flow);
  const variants = wrong.length > 0 ? [] : variantsOf(name, flow);
  const placed = stepsOf(flow);
  const variables = variablesOf(placed.map(({ step }) => step));
  const sessions = variants.flatMap(({ steps }) => [
    ...checkOrder(steps, path),
    ...checkUses(steps, { path, variables }),
  ]);
  const mistakes = [...wrong, ...distinct(sessions)];
  if (flow.weight === 0 && variants.length > 0 && !variants.some((variant) => variant.name === held)) {
    const text = `flow ${quoted(name)} has weight 0 and is not held open by stop.whileOpen: it would never run`;
    mistakes.push({ path: [...path, "weight"], text, fix: "give it a weight above 0, or take it out" });
  }
  return [
    ...mistakes,
    ...placed.flatMap(({ step, path: at }) => checkStep(step, [...path, ...at], variables)),
  ];
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
