import { basename, dirname, extname, join } from "node:path";
import type { CriterionRule, Load, Ready, Settle, TargetSpec } from "../model/scenario.js";
import { type CriterionId, criterionIds } from "../model/verdict.js";
import type {
  FileCriteria,
  FileLoad,
  FileQuick,
  FileReady,
  FileSettle,
  FileTarget,
  ScenarioFile,
} from "./file.js";
import type { LoadedScenario, QuickSize } from "./loaded.js";
import { toStep, words } from "./normalise-step.js";
import { byteCount, ms, optional, shareOf } from "./units.js";

/** Shorthands written out, units made numbers, defaults that depend on other fields filled in. */
export function toScenario(file: ScenarioFile, path: string): LoadedScenario {
  const { whileOpen, signal, within } = file.stop;
  return {
    name: file.name ?? basename(path, extname(path)),
    about: file.about,
    path,
    target: targetOf(file.target, path),
    flows: Object.entries(file.flows).map(([name, flow]) => ({
      name,
      weight: flow.weight,
      steps: flow.steps.map(toStep),
    })),
    load: loadOf(file.load),
    settle: { quietMs: 300, withinMs: 5000, ...settleOf(file.settle) },
    drainMs: ms(file.drain ?? "3s"),
    stop: { signal, withinMs: ms(within), whileOpen },
    production: file.production,
    criteria: criteriaOf(file.criteria),
    probes: { node: file.probes.node, prometheus: file.probes.prometheus },
    ...(file.quick && { quick: quickOf(file.quick) }),
  };
}

function targetOf(target: FileTarget, path: string): TargetSpec {
  const { limits } = target;
  return {
    command: words(target.command),
    cwd: optional(target.cwd, (cwd) => (cwd.startsWith("/") ? cwd : join(dirname(path), cwd))),
    env: target.env,
    ready: readyOf(target.ready),
    limits: { fds: limits.fds, processes: limits.processes, memoryBytes: optional(limits.memory, byteCount) },
    url: target.url,
  };
}

function readyOf(ready: FileReady = { within: "10s" }): Ready {
  const withinMs = ms(ready.within);
  if ("url" in ready) return { how: { kind: "url", url: ready.url }, withinMs };
  if ("log" in ready) return { how: { kind: "log", pattern: ready.log }, withinMs };
  if ("command" in ready) return { how: { kind: "command", command: words(ready.command) }, withinMs };
  return { how: { kind: "port" }, withinMs };
}

function loadOf(load: FileLoad): Load {
  const operations = load.duration === undefined ? (load.operations ?? 1000) : undefined;
  return {
    batch: operations === undefined ? 100 : Math.max(1, Math.floor(operations / 10)),
    concurrency: Math.min(25, operations ?? 25),
    rampMs: 0,
    warmup: 50,
    maxFailed: 0.01,
    ...sizeOf(load),
    operations,
    durationMs: optional(load.duration, ms),
  };
}

/** The fields of a load that stand in the file, and no others. */
function sizeOf(load: FileLoad): Partial<Load> {
  return present({
    operations: load.operations,
    durationMs: optional(load.duration, ms),
    batch: load.batch,
    concurrency: load.concurrency,
    rampMs: optional(load.ramp, ms),
    warmup: load.warmup,
    maxFailed: optional(load.maxFailed, shareOf),
  });
}

function settleOf(settle: FileSettle): Partial<Settle> {
  return present({ quietMs: optional(settle.quiet, ms), withinMs: optional(settle.within, ms) });
}

function quickOf(quick: FileQuick): QuickSize {
  return {
    load: sizeOf(quick),
    settle: settleOf(quick.settle ?? {}),
    ...present({ drainMs: optional(quick.drain, ms) }),
  };
}

function criteriaOf(criteria: FileCriteria): Readonly<Record<CriterionId, CriterionRule>> {
  const rules = criterionIds.map((id) => [id, ruleOf(id, criteria[id] ?? {})]);
  return Object.fromEntries(rules) as Record<CriterionId, CriterionRule>;
}

interface FileRule {
  readonly drop?: string;
  readonly allow?: number;
  readonly peakShare?: string;
  readonly budget?: string | undefined;
}

function ruleOf(id: CriterionId, rule: FileRule): CriterionRule {
  if (rule.drop !== undefined) return { dropped: true, why: rule.drop };
  return {
    dropped: false,
    peakShare: id === "fds" ? shareOf(rule.peakShare ?? "50%") : undefined,
    budgetBytes: optional(rule.budget, byteCount),
    allow: rule.allow ?? 0,
  };
}

/** The same object without the fields that are undefined, so that it can be spread over another. */
function present<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
