import { Registry, register } from "prom-client";
import { expect, test } from "vitest";
import { metricsOf, ResourceMonitor, type ResourceUsage } from "../../src/lifecycle/index.js";

function monitorOf(usage: ResourceUsage): ResourceMonitor {
  const source = { usage: () => usage, count: () => undefined, fdLimit: () => usage.fdLimit };
  return new ResourceMonitor({ source });
}

const usage: ResourceUsage = {
  tasks: 7,
  tasksByType: { Timeout: 3, TCPSocketWrap: 4 },
  processes: 2,
  fds: 31,
  fdLimit: 1024,
  ptys: 1,
  memoryBytes: { rss: 1_000_000, heapUsed: 500_000 },
};

/** The lines that carry a value. */
function values(text: string): string[] {
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

test("shows all five resources", async () => {
  const metrics = metricsOf(monitorOf(usage));
  expect(metrics.contentType).toMatch(/^text\/plain/);
  expect(values(await metrics.text())).toEqual([
    "nodejs_active_resources_total 7",
    "process_child_processes 2",
    "process_open_fds 31",
    "process_max_fds 1024",
    "process_open_ptys 1",
    "process_resident_memory_bytes 1000000",
    "nodejs_heap_size_used_bytes 500000",
    'nodejs_active_resources{type="Timeout"} 3',
    'nodejs_active_resources{type="TCPSocketWrap"} 4',
  ]);
});

test("leaves out what could not be read, and shows no limit as infinite", async () => {
  const changing = { ...usage };
  const metrics = metricsOf(monitorOf(changing));
  await metrics.text();
  Object.assign(changing, { ptys: undefined, processes: undefined, fdLimit: Number.POSITIVE_INFINITY });
  const shown = values(await metrics.text());
  expect(shown.filter((line) => /ptys|child/.test(line))).toEqual([]);
  expect(shown).toContain("process_max_fds +Inf");
});

test("forgets a type of task that is gone", async () => {
  const changing = { ...usage };
  const metrics = metricsOf(monitorOf(changing));
  await metrics.text();
  changing.tasksByType = { Timeout: 1 };
  const shown = values(await metrics.text()).filter((line) => line.includes("type="));
  expect(shown).toEqual(['nodejs_active_resources{type="Timeout"} 1']);
});

test("keeps to itself, takes no task, and is empty once stopped", async () => {
  const tasks = process.getActiveResourcesInfo().length;
  const [one, other] = [metricsOf(new ResourceMonitor()), metricsOf(new ResourceMonitor())];
  expect(values(await one.text()).length).toBeGreaterThan(7);
  expect(await register.metrics()).toBe(await new Registry().metrics());
  one.stop();
  expect(values(await one.text())).toEqual([]);
  expect(values(await other.text()).length).toBeGreaterThan(7);
  expect(process.getActiveResourcesInfo().length).toBe(tasks);
});
