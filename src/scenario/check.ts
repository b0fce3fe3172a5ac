import type { FileCommand, ScenarioFile } from "./file.js";
import { checkAllow } from "./check-allow.js";
import { checkEngine, isEngine } from "./check-engine.js";
import { checkFlow } from "./check-flow.js";
import { checkFlowNames, flowNames } from "./check-variants.js";
import { checkLoad } from "./check-load.js";
import { checkQuick } from "./check-quick.js";
import { checkCommand, checkPattern } from "./check-text.js";
import { didYouMean, quoted } from "./found.js";
import { smallestFile } from "./fix.js";
import type { Mistake, Path } from "./mistake.js";
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
  return [...mistakes, ...checkPlace(target.command, path)];
}

/** Placeholders that stand for a command of their own. */
function checkPlace(command: FileCommand, path: Path): readonly Mistake[] {
  const written = typeof command === "string" ? command.trim().split(/\s+/) : command;
  if (written.slice(1).includes("{gateway}")) {
    const text = "`{gateway}` can only be the first word of the command";
    return [{ path, text, fix: "begin the command with {gateway}" }];
  }
  if (written.length === 1 || !written.includes("{idle}")) return [];
  const text = "`{idle}` can only be the whole command: it is a program that does nothing";
  return [{ path, text, fix: 'write `command: "{idle}"`' }];
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
  if (name === undefined || names.length === 0) return [];
  if (names.includes(name)) return checkHeld(file, name);
  return [
    {
      path: ["stop", "whileOpen", "flow"],
      text: `there is no flow ${quoted(name)}${didYouMean(name, names)}`,
      fix: `name one of: ${names.join(", ")}`,
    },
  ];
}

/** The stop signal goes to the target's main process. */
function checkHeld(file: ScenarioFile, name: string): readonly Mistake[] {
  const steps = file.flows[name]?.steps ?? [];
  if (!steps.some((step) => typeof step === "object" && "stdio" in step)) return [];
  const text = `flow ${quoted(name)} starts a program by \`stdio\`, which the stop signal does not reach`;
  const fix = "leave `whileOpen` out, or hold a flow without `stdio` open";
  return [{ path: ["stop", "whileOpen", "flow"], text, fix }];
}

function checkProbes({ probes }: ScenarioFile): readonly Mistake[] {
  return Object.entries(probes.commands ?? {}).flatMap(([name, probe]) => {
    const path = ["probes", "commands", name];
    const isMapping = typeof probe === "object" && "within" in probe;
    return isMapping ? checkCommand(probe.command, [...path, "command"]) : checkCommand(probe, path);
  });
}
