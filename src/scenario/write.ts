import { isDeepStrictEqual } from "node:util";
import { stringify } from "yaml";
import type { CriterionRule, Flow, Load, Scenario, TargetSpec } from "../model/scenario.js";
import { criterionIds } from "../model/verdict.js";
import { engineFields, type External, externalFields } from "./write-engine.js";
import { criteriaOf } from "./normalise-criteria.js";
import { words } from "./normalise-step.js";
import { stepOf } from "./write-step.js";
import { time } from "./write-units.js";

/** A scenario as the text of a file that gives it again, with a comment on top. Undefined fields are left out. */
export function writeScenario(scenario: Scenario, comment: string): string {
  const { about, target, flows, load, settle, drainMs, stop, production, probes } = scenario;
  const file = {
    about,
    target: targetOf(target),
    flows: Object.fromEntries(flows.map((flow) => [fileName(flow), flowOf(flow)])),
    load: loadOf(load),
    settle: { quiet: time(settle.quietMs), within: time(settle.withinMs) },
    drain: time(drainMs),
    stop: { signal: stop.signal, within: time(stop.withinMs), whileOpen: stop.whileOpen },
    production,
    criteria: criteriaIn(scenario),
    probes: { node: probes.node, prometheus: probes.prometheus },
  };
  const lines = comment.split("\n").map((line) => `# ${line}\n`);
  return lines.join("") + stringify(file, { lineWidth: 0, keepUndefined: false });
}

/** A variant is a flow of its own in a file. */
function fileName({ name }: Flow): string {
  return name.replaceAll(/[^\w-]/g, "-");
}

function targetOf({ command, cwd, env, ready, limits, url, tls }: TargetSpec): object {
  const within = time(ready.withinMs);
  const { how } = ready;
  const whenReady: Readonly<Record<typeof how.kind, object>> = {
    port: { port: true, within },
    socket: { socket: how.kind === "socket" ? how.path : "", within },
    url: { url: how.kind === "url" ? how.url : "", within },
    log: { log: how.kind === "log" ? how.pattern : "", within },
    command: { command: how.kind === "command" ? how.command : [], within },
  };
  const { fds, processes, memoryBytes } = limits;
  const memory = memoryBytes === undefined ? undefined : `${memoryBytes}B`;
  return {
    command: isPlain(command) ? command.join(" ") : command,
    cwd,
    env: Object.keys(env).length > 0 ? env : undefined,
    ready: whenReady[how.kind],
    limits: { fds, processes, memory },
    url,
    tls,
  };
}

/** Words that one line gives again. */
function isPlain(command: readonly string[]): boolean {
  return isDeepStrictEqual(words(command.join(" ")), command);
}

function flowOf({ weight, steps }: Flow): object {
  return { weight, steps: steps.map(stepOf) };
}

function loadOf(load: Load): object {
  if (load.engine?.kind === "external") return externalLoad(load, load.engine);
  const { operations, durationMs, maxOperations, maxDurationMs, batch, concurrency, warmup } = load;
  return {
    ...(load.engine && engineFields(load.engine)),
    operations,
    duration: durationMs === undefined ? undefined : time(durationMs),
    maxOperations,
    maxDuration: maxDurationMs === undefined ? undefined : time(maxDurationMs),
    batch,
    concurrency,
    ramp: load.engine ? undefined : time(load.rampMs),
    warmup,
    maxFailed: share(load.maxFailed),
  };
}

/** Those that are not as they would be without a word. */
function criteriaIn({ criteria }: Scenario): object {
  const plain = criteriaOf({ criteria: {} });
  const told = criterionIds.filter((id) => !isDeepStrictEqual(withoutAbsent(criteria[id]), plain[id]));
  return Object.fromEntries(told.map((id) => [id, ruleOf(id, criteria[id])]));
}

/** A field that is undefined says the same as one that is not there. */
function withoutAbsent({ ...rule }: CriterionRule): object {
  if (rule.dropped) return rule;
  const { detectPerOperation, used, ...always } = rule;
  return {
    ...always,
    ...(detectPerOperation !== undefined && { detectPerOperation }),
    ...(used === true && { used }),
  };
}

function ruleOf(id: string, rule: CriterionRule): object {
  if (rule.dropped) return { drop: rule.why };
  const { peakShare, budgetBytes, allow, detectPerOperation, used } = rule;
  const isMemory = id === "memory";
  return {
    allow: isMemory ? undefined : allow,
    peakShare: peakShare === undefined ? undefined : share(peakShare),
    budget: budgetBytes === undefined ? undefined : `${budgetBytes}B`,
    detect: detectPerOperation === undefined ? undefined : rate(detectPerOperation, isMemory),
    used: used === true && !isMemory && id !== "zombies" ? true : undefined,
  };
}

/** `20480B per operation`, `1 per 250 operations`. */
function rate(perOperation: number, isMemory: boolean): string {
  if (isMemory) return `${Math.max(1, Math.round(perOperation))}B per operation`;
  if (perOperation >= 1) return `${Math.round(perOperation)} per operation`;
  return `1 per ${Math.round(1 / perOperation)} operations`;
}

/** An engine that is not told anything. */
function externalLoad({ durationMs = 0, maxDurationMs, maxFailed }: Load, engine: External): object {
  return {
    external: externalFields(engine),
    duration: time(durationMs),
    maxDuration: maxDurationMs === undefined ? undefined : time(maxDurationMs),
    maxFailed: share(maxFailed),
  };
}

function share(part: number): string {
  return `${Number((part * 100).toFixed(6))}%`;
}
