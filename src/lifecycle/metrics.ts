import { Gauge, Registry } from "prom-client";
import type { ResourceMonitor } from "./resource-monitor.js";
import type { ResourceUsage } from "./resource-usage.js";

export interface Metrics {
  /** For the Content-Type header. */
  readonly contentType: string;
  /** One sample in the Prometheus text format; a number that could not be read is left out. */
  text(): Promise<string>;
  /** Unregisters everything; `text` is empty from then on. */
  stop(): void;
}

/** The names are those of prom-client's default metrics where it has one; it counts no children and no PTYs. */
const numbers = [
  { name: "nodejs_active_resources_total", help: "Total number of active resources.", of: (u) => u.tasks },
  { name: "process_child_processes", help: "Number of descendant processes.", of: (u) => u.processes },
  { name: "process_open_fds", help: "Number of open file descriptors.", of: (u) => u.fds },
  { name: "process_max_fds", help: "Maximum number of open file descriptors.", of: (u) => u.fdLimit },
  { name: "process_open_ptys", help: "Number of open PTY masters and slaves.", of: (u) => u.ptys },
  {
    name: "process_resident_memory_bytes",
    help: "Resident memory size in bytes.",
    of: (u) => u.memoryBytes.rss,
  },
  {
    name: "nodejs_heap_size_used_bytes",
    help: "Process heap size used from Node.js in bytes.",
    of: (u) => u.memoryBytes.heapUsed,
  },
] as const satisfies readonly {
  readonly name: string;
  readonly help: string;
  readonly of: (usage: ResourceUsage) => number | undefined;
}[];

/**
 * What a monitor sees, for Prometheus. A registry of its own, and none of prom-client's collectors:
 * the event-loop histogram and the GC observer that those start can never be stopped.
 */
export function metricsOf(monitor: ResourceMonitor): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const gauges = numbers.map(({ name, help, of }) => ({ gauge: new Gauge({ name, help, registers }), of }));
  const byType = new Gauge({
    name: "nodejs_active_resources",
    help: "Number of active resources, by type.",
    labelNames: ["type"],
    registers,
  });
  return {
    contentType: registry.contentType,
    text: () => {
      const usage = monitor.sample();
      for (const { gauge, of } of gauges) set(gauge, of(usage));
      byType.reset();
      for (const [type, count] of Object.entries(usage.tasksByType)) byType.set({ type }, count);
      return registry.metrics();
    },
    stop: () => registry.clear(),
  };
}

function set(gauge: Gauge, value: number | undefined): void {
  // A gauge is born as zero, which would be a measurement.
  if (value === undefined) gauge.remove();
  else gauge.set(value);
}
