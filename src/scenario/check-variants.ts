import type { FileFlow, ScenarioFile } from "./file.js";
import { didYouMean, nearest, quoted } from "./found.js";
import type { Mistake, Path } from "./mistake.js";
import { factorsOf, isVariantStep, mostFlows, sizeOf, variantsOf } from "./variants.js";

/** The names of all flows that the file comes to; without those of a flow that is wrong. */
export function flowNames({ flows }: Pick<ScenarioFile, "flows">): string[] {
  return Object.entries(flows).flatMap(([name, flow]) =>
    checkVariants(name, flow).length > 0 ? [] : variantsOf(name, flow).map((variant) => variant.name),
  );
}

/** What is wrong with the factors of a flow; where anything is, its variants cannot be made. */
export function checkVariants(name: string, flow: FileFlow): readonly Mistake[] {
  const path = ["flows", name];
  const checks = [checkSteps(flow, path), checkFactors(flow, [...path, "variants"]), checkSize(flow, path)];
  return checks.find((mistakes) => mistakes.length > 0) ?? [];
}

/** Too many flows in all, or two of one name. */
export function checkFlowNames(file: Pick<ScenarioFile, "flows">): readonly Mistake[] {
  const names = flowNames(file);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) {
    const text = `two flows are named ${quoted(twice)}`;
    return [{ path: ["flows", twice], atKey: true, text, fix: "give one of them another name" }];
  }
  if (names.length <= mostFlows) return [];
  const text = `the flows and their variants are ${names.length}; a scenario has at most ${mostFlows}`;
  return [{ path: ["flows"], atKey: true, text, fix: "leave some of the levels or flows out" }];
}

function checkSteps(flow: FileFlow, path: Path): Mistake[] {
  const known = factorsOf(flow).map(({ name }) => name);
  return flow.steps.flatMap((step, index) => {
    if (!isVariantStep(step) || known.includes(step.variant)) return [];
    const meant = nearest(step.variant, known);
    const listed =
      known.length > 0 ? `name one of: ${known.join(", ")}` : "write `variants:` beside `steps:`";
    return [
      {
        path: [...path, "steps", index, "variant"],
        text: `there is no factor ${quoted(step.variant)} under variants${didYouMean(step.variant, known)}`,
        fix: meant === undefined ? listed : `write ${quoted(meant)}`,
      },
    ];
  });
}

function checkFactors(flow: FileFlow, path: Path): Mistake[] {
  const used = new Set(flow.steps.flatMap((step) => (isVariantStep(step) ? [step.variant] : [])));
  return factorsOf(flow).flatMap(({ name, levels }) => {
    if (levels.length === 0) {
      const fix = `write for example \`${name}: {close: [close], reset: [{drop: reset}]}\``;
      return [{ path: [...path, name], atKey: true, text: `the factor ${quoted(name)} has no level`, fix }];
    }
    if (used.has(name)) return [];
    const fix = `put \`- variant: ${name}\` among the steps, or take it out`;
    return [{ path: [...path, name], atKey: true, text: `no step uses the factor ${quoted(name)}`, fix }];
  });
}

function checkSize(flow: FileFlow, path: Path): Mistake[] {
  const size = sizeOf(flow);
  if (size <= mostFlows) return [];
  return [
    {
      path: [...path, "variants"],
      atKey: true,
      text: `the levels make ${size} variants; a scenario has at most ${mostFlows} flows`,
      fix: "leave some of the levels out, or split the flow",
    },
  ];
}
