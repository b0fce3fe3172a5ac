import type { RunRecord } from "../model/record.js";
import type { Phase, Snapshot } from "../model/snapshot.js";

/** A phase of a run, as a span tells it. Milliseconds since the epoch. */
export interface PhaseSpan {
  readonly name: "start" | "warm-up" | "baseline" | "load" | "drain" | "tail" | "stop";
  readonly startMs: number;
  readonly endMs: number;
  /** What happened in it, in order. */
  readonly events: readonly PhaseEvent[];
}

export interface PhaseEvent {
  readonly name: string;
  readonly atMs: number;
  readonly attributes: Readonly<Record<string, number | boolean>>;
}

/** A span of OpenTelemetry keeps 128 events. */
const mostEvents = 100;

/** What ends a phase: the first or the last look of its kind. In the order of the road. */
const stages: readonly {
  readonly name: PhaseSpan["name"];
  readonly looks: readonly Phase[];
  readonly until: 0 | -1;
}[] = [
  { name: "warm-up", looks: ["baseline"], until: 0 },
  { name: "baseline", looks: ["baseline"], until: -1 },
  { name: "load", looks: ["batch", "settle"], until: -1 },
  { name: "drain", looks: ["draining", "drain"], until: -1 },
  { name: "tail", looks: ["tail"], until: -1 },
];

/** The phases of a run, from its record; one that the run did not come to is left out. */
export function phasesOf({ run, started, snapshots, stop }: RunRecord): PhaseSpan[] {
  if (!started) return [];
  const spans = [spanOf("start", { startMs: run.startedAtMs, endMs: started.atMs })];
  for (const { name, looks, until } of stages) {
    const seen = snapshots.filter(({ phase }) => looks.includes(phase));
    const endMs = seen.at(until)?.atMs;
    if (endMs === undefined) continue;
    const startMs = spans.at(-1)?.endMs ?? started.atMs;
    spans.push(spanOf(name, { startMs, endMs, events: name === "load" ? seen.map(batchEvent) : [] }));
  }
  if (stop) spans.push(spanOf("stop", { startMs: stop.atMs - stop.tookMs, endMs: stop.atMs }));
  return spans;
}

/** A clock that was set back must not make a span end before it began. */
function spanOf(
  name: PhaseSpan["name"],
  { startMs, endMs, events = [] }: Omit<PhaseSpan, "name" | "events"> & Partial<Pick<PhaseSpan, "events">>,
): PhaseSpan {
  return { name, startMs, endMs: Math.max(startMs, endMs), events: thinned(events) };
}

function batchEvent({ batch, atMs, operations, quiet }: Snapshot): PhaseEvent {
  return { name: "batch", atMs, attributes: { batch, operations, quiet } };
}

/** Evenly, and always the last. */
function thinned(events: readonly PhaseEvent[]): readonly PhaseEvent[] {
  const step = Math.ceil(events.length / mostEvents);
  return step <= 1 ? events : events.filter((_, index) => (events.length - 1 - index) % step === 0);
}
