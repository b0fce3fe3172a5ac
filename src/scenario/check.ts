import type { ScenarioFile } from "./file.js";
import { checkAllow } from "./check-allow.js";
import { checkEngine, isEngine } from "./check-engine.js";
import { checkFlow } from "./check-flow.js";
import { checkFlowNames, flowNames } from "./check-variants.js";
import { checkLoad } from "./check-load.js";
import { checkQuick } from "./check-quick.js";
import { checkCommand, checkPattern } from "./check-text.js";
import { didYouMean, quoted } from "./found.js";
import { smallestFile } from "./fix.js";
import type { Mistake } from "./mistake.js";
import { askedRates, criteriaOf } from "./normalise-criteria.js";

/** What one field alone cannot show: fields that must agree with each other. */
export function checkScenario(file: ScenarioFile): readonly Mistake[] {
  const asks = askedRates(criteriaOf(file)).length > 0;
  const load = checkLoad(file.load, asks, ["load"]);
  return [
    ...checkTarget(file),
    ...checkFlows(file),
    ...checkEngine(file),
    ...load,
    ...checkQuick(file, { asks, isLoadRight: load.length === 0 }),
    ...checkStop(file),
    ...checkProbes(file),
    ...checkAllow(file.allow),
  ];
}

function checkTarget({ target }: ScenarioFile): readonly Mistake[] {
  const path = ["target", "command"];
  const mistakes = [...checkCommand(target.command, path)];
  const { ready } = target;
  if (ready && "log" in ready) mistakes.push(...checkPattern(ready.log, ["target", "ready", "log"]));
  if (ready && "command" in ready)
    mistakes.push(...checkCommand(ready.command, ["target", "ready", "command"]));
  const later =
    typeof target.command === "string"
      ? /\S\s*\{gateway\}/.test(target.command)
      : target.command.slice(1).includes("{gateway}");
  if (later)
    mistakes.push({
      path,
      text: "`{gateway}` can only be the first word of the command",
      fix: "begin the command with {gateway}",
    });
  return mistakes;
}

function checkFlows(file: ScenarioFile): readonly Mistake[] {
  const flows = Object.entries(file.flows);
  const isDriven = isEngine(file.load);
  if (flows.length === 0 && isDriven) return [];
  if (flows.length === 0) {
    return [
      {
        path: ["flows"],
        text: "there is no flow",
        fix: smallestFile,
      },
    ];
  }
  const held = file.stop.whileOpen?.flow;
  const mistakes = flows.flatMap(([name, flow]) => checkFlow(name, flow, held));
  mistakes.push(...checkFlowNames(file));
  if (!isDriven && flows.every(([, flow]) => flow.weight === 0)) {
    mistakes.push({
      path: ["flows"],
      text: "every flow has weight 0, so there is no load",
      fix: "give one of them a weight above 0",
    });
  }
  return mistakes;
}

function checkStop(file: ScenarioFile): readonly Mistake[] {
  const name = file.stop.whileOpen?.flow;
  const names = flowNames(file);
  // A flow whose variants are wrong is named already.
  if (name === undefined || names.includes(name) || names.length === 0) return [];
  return [
    {
      path: ["stop", "whileOpen", "flow"],
      text: `there is no flow ${quoted(name)}${didYouMean(name, names)}`,
      fix: `name one of: ${names.join(", ")}`,
    },
  ];
}

function checkProbes({ probes }: ScenarioFile): readonly Mistake[] {
  return Object.entries(probes.commands ?? {}).flatMap(([name, probe]) => {
    const path = ["probes", "commands", name];
    const isMapping = typeof probe === "object" && "within" in probe;
    return isMapping ? checkCommand(probe.command, [...path, "command"]) : checkCommand(probe, path);
  });
}
