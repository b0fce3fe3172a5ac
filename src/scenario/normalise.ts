import { basename, dirname, extname, isAbsolute, join } from "node:path";
import type { Flow, Load, Production, Ready, Settle, TargetSpec } from "../model/scenario.js";
import { engineOf } from "./normalise-engine.js";
import type { FileLoad, FileQuick, FileReady, FileSettle, FileTarget, ScenarioFile } from "./file.js";
import { allowancesOf } from "./normalise-allow.js";
import type { Changes, LoadedScenario, QuickSize } from "./loaded.js";
import { mergeLoad, mergeSettle } from "./merge.js";
import { askedRates, criteriaOf } from "./normalise-criteria.js";
import { probesOf } from "./normalise-probes.js";
import { words } from "./normalise-step.js";
import { toSteps } from "./event-types.js";
import { countRate } from "./rate.js";
import { byteCount, ms, optional, shareOf } from "./units.js";
import { type Variant, variantsOf } from "./variants.js";

/** Shorthands written out, units made numbers, defaults that depend on other fields filled in. */
export function toScenario(file: ScenarioFile, path: string): LoadedScenario {
  const { whileOpen, signal, within } = file.stop;
  const criteria = criteriaOf(file);
  return {
    name: file.name ?? basename(path, extname(path)),
    about: file.about,
    path,
    target: targetOf(file.target, path),
    flows: Object.entries(file.flows).flatMap(([name, flow]) => variantsOf(name, flow).map(toFlow)),
    load: loadOf(file.load),
    settle: mergeSettle({ quietMs: 300, withinMs: 5000 }, settleOf(file.settle)),
    drainMs: ms(file.drain ?? "3s"),
    stop: { signal, withinMs: ms(within), whileOpen },
    production: productionOf(file),
    criteria,
    probes: probesOf(file.probes),
    ...(file.allow && { allow: allowancesOf(file.allow) }),
    ...(file.quick && { quick: quickOf(file.quick) }),
    ...(isSizedByPower(file.load, askedRates(criteria)) && { sizing: { batch: file.load.batch } }),
  };
}

function toFlow({ name, weight, steps, variant }: Variant): Flow {
  return { name, weight, steps: toSteps(steps.map(({ step }) => step)), ...(variant && { variant }) };
}

/** The file says what must be seen, and leaves open how long that takes. */
function isSizedByPower({ operations, duration }: FileLoad, asked: readonly number[]): boolean {
  return operations === undefined && duration === undefined && asked.length > 0;
}

function targetOf(target: FileTarget, path: string): TargetSpec {
  const { limits } = target;
  return {
    command: words(target.command),
    cwd: optional(target.cwd, (cwd) => besideFile(cwd, path)),
    env: target.env,
    ready: readyOf(target.ready),
    limits: { fds: limits.fds, processes: limits.processes, memoryBytes: optional(limits.memory, byteCount) },
    url: target.url,
    ...(target.tls && { tls: tlsOf(target.tls, path) }),
  };
}

function tlsOf(tls: NonNullable<FileTarget["tls"]>, path: string): NonNullable<TargetSpec["tls"]> {
  return "ca" in tls ? { ca: besideFile(tls.ca, path) } : tls;
}

function besideFile(relative: string, path: string): string {
  return isAbsolute(relative) ? relative : join(dirname(path), relative);
}

function readyOf(ready: FileReady = { within: "10s" }): Ready {
  const withinMs = ms(ready.within);
  if ("socket" in ready) return { how: { kind: "socket", path: ready.socket }, withinMs };
  if ("url" in ready) return { how: { kind: "url", url: ready.url }, withinMs };
  if ("log" in ready) return { how: { kind: "log", pattern: ready.log }, withinMs };
  if ("command" in ready) return { how: { kind: "command", command: words(ready.command) }, withinMs };
  return { how: { kind: "port" }, withinMs };
}

const secondsPerHour = 3600;

/** Where nobody counts operations, each second stands for one. */
function productionOf({ load, production }: ScenarioFile): Production {
  const engine = engineOf(load);
  return engine?.kind === "external" && !engine.count ? { sessionsPerHour: secondsPerHour } : production;
}

function loadOf(load: FileLoad): Load {
  const engine = engineOf(load);
  const operations = load.duration === undefined ? (load.operations ?? 1000) : undefined;
  const defaults = {
    operations,
    durationMs: undefined,
    batch: operations === undefined ? 100 : Math.max(1, Math.floor(operations / 10)),
    concurrency: Math.min(25, operations ?? 25),
    rampMs: 0,
    warmup: 50,
    maxFailed: 0.01,
    ...(engine && { engine }),
    ...(engine?.kind === "external" && slots(engine.slotMs)),
  };
  return mergeLoad(defaults, changesOf(load));
}

/** Nobody is told how much: a batch is what comes in one slot, here in seconds. */
function slots(slotMs: number): Pick<Load, "batch" | "concurrency" | "warmup"> {
  return { batch: Math.max(1, Math.round(slotMs / 1000)), concurrency: 1, warmup: 0 };
}

function changesOf(load: FileLoad): Changes<Load> {
  return {
    operations: load.operations,
    durationMs: optional(load.duration, ms),
    maxOperations: load.maxOperations,
    maxDurationMs: optional(load.maxDuration, ms),
    batch: load.batch,
    concurrency: load.concurrency,
    rampMs: optional(load.ramp, ms),
    warmup: load.warmup,
    maxFailed: optional(load.maxFailed, shareOf),
  };
}

function settleOf(settle: FileSettle): Changes<Settle> {
  return { quietMs: optional(settle.quiet, ms), withinMs: optional(settle.within, ms) };
}

function quickOf(quick: FileQuick): QuickSize {
  return {
    load: changesOf(quick),
    settle: settleOf(quick.settle ?? {}),
    drainMs: optional(quick.drain, ms),
    detectPerOperation: optional(quick.detect, countRate),
  };
}
