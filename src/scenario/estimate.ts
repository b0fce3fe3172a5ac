import type { Amount } from "../model/plan.js";
import type { Engine } from "../model/engine.js";
import type { DropWay, Flow, Load, Scenario, Step } from "../model/scenario.js";

/** A step that waits for the server: a round trip on loopback, and some work. */
const roundTripMs = 30;
/** A server that notices by its own ping that a client is gone. */
const noticeMs = 500;
const programMs = 100;
/** What an operation that starts an agent takes of a small machine, however many there are at a time. */
const mostPerSecond = 100;
const startMs = 500;
const stopMs = 200;
/** From quiet to quiet: the last movements after the load, and the snapshot. */
const lookMs = 120;
/** The baseline and the drain are looked at three times. */
const looksAtEnds = 3;

/** What the estimates of time are made of, for whoever reads them. */
export const assumption: string = `${roundTripMs} ms for a step that waits for the server, ${programMs} ms for a program, at most ${noticeMs} ms until the server hangs up on a client that left, and at most ${mostPerSecond} operations a second`;

export interface EstimatedSize {
  readonly planned: Amount;
  readonly atMost: Amount;
}

/** How much a run of this scenario does, and how long it will take, by the waits in it. A busy machine takes longer. */
export function estimateSize(scenario: Scenario): EstimatedSize {
  const { load } = scenario;
  const { operations = 0, durationMs, maxOperations = operations, maxDurationMs = durationMs } = load;
  if (durationMs === undefined || maxDurationMs === undefined)
    return { planned: byOperations(scenario, operations), atMost: byOperations(scenario, maxOperations) };
  return { planned: byDuration(scenario, durationMs), atMost: byDuration(scenario, maxDurationMs) };
}

/** How long the load must go on for so many operations. */
export function loadMsFor(scenario: Scenario, operations: number): number {
  return Math.ceil(operations / scenario.load.batch) * cycleMs(scenario);
}

function byOperations(scenario: Scenario, operations: number): Amount {
  const { batch } = scenario.load;
  const batches = Math.ceil(operations / batch);
  return { operations, batches, totalMs: totalMs(scenario, loadMsFor(scenario, operations)) };
}

/** The batch that is under way when the time is over comes to its end. */
function byDuration(scenario: Scenario, durationMs: number): Amount {
  const each = cycleMs(scenario);
  const batches = Math.max(1, Math.ceil(durationMs / each));
  return { operations: batches * scenario.load.batch, batches, totalMs: totalMs(scenario, batches * each) };
}

/** A batch, and the look after it. */
function cycleMs({ load, flows, settle }: Scenario): number {
  return batchMs(load, flows, load.batch) + settle.quietMs + lookMs;
}

function totalMs({ load, flows, settle, drainMs }: Scenario, loadMs: number): number {
  const endMs = settle.quietMs + looksAtEnds * lookMs;
  const warmUpMs = batchMs(load, flows, load.warmup) + settle.quietMs;
  return Math.round(startMs + warmUpMs + endMs + load.rampMs + loadMs + drainMs + endMs + stopMs);
}

/** No sooner than its longest session, nor than all of them, so many at a time, nor faster than a small machine is. */
function batchMs({ concurrency, engine }: Load, flows: readonly Flow[], operations: number): number {
  if (operations === 0) return 0;
  if (engine) return engineMs(engine, operations);
  const running = flows.filter(({ weight }) => weight > 0);
  const total = running.reduce((sum, { weight }) => sum + weight, 0);
  const mean = running.reduce((sum, flow) => sum + (flow.weight / total) * flowMs(flow), 0);
  const atATimeMs = (mean * operations) / Math.min(concurrency, operations);
  return Math.max(...running.map(flowMs), atATimeMs, (1000 * operations) / mostPerSecond);
}

/** What an engine makes of its time is its own affair; it is taken to be as fast as a small machine. */
function engineMs(engine: Engine, operations: number): number {
  return engine.kind === "external" ? engine.slotMs : programMs + (1000 * operations) / mostPerSecond;
}

function flowMs({ steps }: Flow): number {
  return steps.reduce((sum, step) => sum + stepMs(step), 0);
}

const waits: Readonly<Record<Exclude<Step["kind"], "wait" | "drop">, number>> = {
  connect: roundTripMs,
  events: roundTripMs,
  tcp: roundTripMs,
  unix: roundTripMs,
  stdio: programMs,
  expect: roundTripMs,
  close: roundTripMs,
  http: roundTripMs,
  exec: programMs,
  send: 0,
  spawn: 0,
};

/** How long each way of leaving takes: a stalled client cannot see that the server hung up. */
const notices: Readonly<Record<DropWay, (withinMs: number) => number>> = {
  fin: (withinMs) => Math.min(withinMs, noticeMs),
  "half-close": (withinMs) => Math.min(withinMs, noticeMs),
  silence: (withinMs) => Math.min(withinMs, noticeMs),
  reset: () => 0,
  stall: (withinMs) => withinMs,
};

function stepMs(step: Step): number {
  if (step.kind === "wait") return step.ms;
  if (step.kind !== "drop") return waits[step.kind];
  return notices[step.how](step.withinMs);
}
