import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isOfUse, measuresOf } from "../../src/probe/measures.js";
import { parseSelector } from "../../src/probe/metric-selector.js";
import { parsePrometheus } from "../../src/probe/prometheus-text.js";
import { wellKnown } from "../../src/probe/well-known-metrics.js";

function held(text: string): object {
  const found = measuresOf(parsePrometheus(text)).held;
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

describe("the well-known names", () => {
  it.each<[string, string, object]>([
    [
      "prom-client",
      'nodejs_active_resources{type="A"} 1\nnodejs_active_resources{type="B"} 2\nnodejs_active_resources_total 3\nnodejs_active_handles_total 1\nnodejs_heap_size_used_bytes 10\nnodejs_external_memory_bytes 5\nprocess_open_fds 21',
      { tasks: 3, tasksByType: { A: 1, B: 2 }, liveBytes: 15, fds: 21 },
    ],
    [
      "prom-client, without the total",
      'nodejs_active_resources{type="A"} 1\nnodejs_active_resources{type="B"} 2',
      { tasks: 3, tasksByType: { A: 1, B: 2 } },
    ],
    ["prom-client of old", "nodejs_active_handles_total 4\nnodejs_active_requests_total 9", { tasks: 4 }],
    [
      "client_golang",
      "go_goroutines 12\ngo_memstats_alloc_bytes 5e6\nprocess_open_fds 9",
      { tasks: 12, liveBytes: 5e6, fds: 9 },
    ],
    [
      "OpenTelemetry of Go",
      'go_goroutine_count{otel_scope_name="x"} 8\ngo_memory_used_bytes{go_memory_type="other"} 9',
      { tasks: 8 },
    ],
    [
      "OpenTelemetry of Go, before",
      "process_runtime_go_goroutines 8\nprocess_runtime_go_mem_heap_alloc_bytes 77",
      { tasks: 8, liveBytes: 77 },
    ],
    [
      "OpenTelemetry of Node",
      'v8js_memory_heap_used_bytes{v8js_heap_space_name="new_space"} 1\nv8js_memory_heap_used_bytes{v8js_heap_space_name="old_space"} 6',
      { liveBytes: 7 },
    ],
    [
      "client_java",
      'jvm_threads_current 31.0\njvm_memory_used_bytes{area="heap"} 5.5E7\njvm_memory_used_bytes{area="nonheap"} 1E7\nprocess_open_fds 18.0',
      { tasks: 31, liveBytes: 5.5e7, fds: 18 },
    ],
    [
      "client_java of old",
      'jvm_threads_current 31.0\njvm_memory_bytes_used{area="heap",} 5E7',
      { tasks: 31, liveBytes: 5e7 },
    ],
    [
      "Micrometer",
      'jvm_threads_live_threads 22.0\njvm_memory_used_bytes{area="heap",id="G1 Eden Space",} 1.0E7\njvm_memory_used_bytes{area="heap",id="G1 Old Gen",} 2.0E7\njvm_memory_used_bytes{area="nonheap",id="Metaspace",} 9.0E7\nprocess_files_open_files 33.0',
      { tasks: 22, liveBytes: 3e7, fds: 33 },
    ],
    [
      "OpenTelemetry of Java",
      'jvm_thread_count{jvm_thread_daemon="false",jvm_thread_state="runnable"} 3\njvm_thread_count{jvm_thread_daemon="true",jvm_thread_state="waiting"} 9\njvm_memory_used_bytes{jvm_memory_type="heap",jvm_memory_pool_name="a"} 5\njvm_memory_used_bytes{jvm_memory_type="non_heap",jvm_memory_pool_name="b"} 6',
      { tasks: 12, liveBytes: 5 },
    ],
    [
      "prometheus-net",
      "process_num_threads 20\ndotnet_total_memory_bytes 70938088\nprocess_open_handles 200",
      { tasks: 20, liveBytes: 70_938_088 },
    ],
    [
      "OpenTelemetry of .NET",
      'dotnet_thread_pool_thread_count 4\ndotnet_gc_last_collection_heap_size_bytes{gc_heap_generation="gen0"} 1\ndotnet_gc_last_collection_heap_size_bytes{gc_heap_generation="gen2"} 2',
      { tasks: 4, liveBytes: 3 },
    ],
    [
      "client_python, which tells no tasks",
      'python_gc_objects_collected_total{generation="0"} 380\nprocess_resident_memory_bytes 2.1e7\nprocess_open_fds 9',
      { fds: 9 },
    ],
  ])("of %s", (_, text, expected) => {
    expect(held(text)).toEqual(expected);
  });

  it("does not take a resident set for live memory, nor what is no count for one", () => {
    expect(held("process_resident_memory_bytes 5\ngo_goroutines NaN\nprocess_open_fds +Inf\n")).toEqual({});
    expect(held("go_goroutines -1\nprocess_open_fds 1.5\n")).toEqual({});
  });

  it("goes on to the next name where one is no number", () => {
    expect(held("nodejs_active_resources_total NaN\nprocess_num_threads 7\n")).toEqual({ tasks: 7 });
  });

  it("counts a series that stands there twice once", () => {
    const line = 'jvm_thread_count{state="a",daemon="b"} 3\n';
    expect(held(`${line}${line}jvm_thread_count{daemon="b",state="a"} 3\n`)).toEqual({ tasks: 3 });
  });

  it("are all names of metrics, and all of use", () => {
    const names = Object.values(wellKnown).flat(2);
    for (const name of names) expect(isOfUse({})(parseSelector(name).name)).toBe(true);
    expect(isOfUse({})("up")).toBe(false);
    expect(isOfUse({ tasks: 'up{a="b"}' })("up")).toBe(true);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("the names of the scenario", () => {
  const page =
    'q{kind="a",x="1"} 1\nq{kind="a",x="2"} 2\nq{kind="b"} 4\ngo_goroutines 99\nnan NaN\nhalf 0.5\nless -3\n';
  const tasks = (name: string): { tasks: unknown; faults: readonly string[] } => {
    const { held, faults } = measuresOf(parsePrometheus(page), { tasks: name });
    return { tasks: held.tasks, faults };
  };

  it.each([
    ["q", 7],
    ['q{kind="a"}', 3],
    ['q{kind="a",x="2"}', 2],
    ['q{kind="a", x="2"}', 2],
  ])("%s is the sum of its series", (name, value) => {
    expect(tasks(name)).toEqual({ tasks: value, faults: [] });
  });

  it.each([
    ["p", "is not there"],
    ['q{kind="c"}', "is not there"],
    ["nan", "is NaN"],
    ["half", "is 0.5, no count"],
    ["less", "is -3"],
  ])("%s is named as a fault, and nothing else is taken for it", (name, fault) => {
    expect(tasks(name)).toEqual({
      tasks: undefined,
      faults: [`the metric ${name}, which the scenario names, ${fault}`],
    });
  });

  it("has bytes made whole, since a record holds whole ones", () => {
    const { held, faults } = measuresOf(parsePrometheus("heap 1234.6"), { liveBytes: "heap" });
    expect([held.liveBytes, faults]).toEqual([1235, []]);
  });

  it("whatever a page holds, what is told can stand in a record", () => {
    const sample = fc.record({
      name: fc.constantFrom("go_goroutines", "process_open_fds", "my_heap", "nodejs_active_resources"),
      labels: fc.dictionary(fc.constantFrom("type", "__proto__", "x"), fc.string(), { maxKeys: 2 }),
      value: fc.double(),
    });
    fc.assert(
      fc.property(fc.array(sample), (samples) => {
        const { held } = measuresOf(samples, { liveBytes: "my_heap" });
        for (const value of [held.tasks, held.fds, held.liveBytes])
          expect(value === undefined || (Number.isSafeInteger(value) && value >= 0)).toBe(true);
      }),
    );
  });
});
