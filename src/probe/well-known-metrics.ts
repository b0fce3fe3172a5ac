/** Of the six resources, those that a metrics page can tell. */
export type Quantity = "tasks" | "fds" | "liveBytes";

/** One library's name for a quantity: the sum of its terms, of which the first must be there. */
export type WellKnown = readonly [required: string, ...optional: string[]];

/**
 * What client libraries call each quantity, in the order in which they are tried; several series of one
 * name are summed up. The resident set is nowhere taken for live memory: it is what the allocator keeps, not
 * what is held. OpenTelemetry's names are as its Prometheus exporters write them: dots made underscores,
 * the unit appended, units in braces dropped.
 * Sources: prom-client lib/metrics; client_golang prometheus/{go,process}_collector.go; client_java
 * JvmThreadsMetrics, JvmMemoryMetrics, and 0.x before them (jvm_memory_bytes_used); Micrometer JvmThreadMetrics,
 * JvmMemoryMetrics, FileDescriptorMetrics; prometheus-net DotNetStats; client_python process_collector;
 * https://opentelemetry.io/docs/specs/semconv/runtime/ and, for process_runtime_*, its state before 2024.
 */
export const wellKnown: Readonly<Record<Quantity, readonly WellKnown[]>> = {
  tasks: [
    ["nodejs_active_resources_total"],
    ["nodejs_active_resources"],
    // prom-client before 14.2.
    ["nodejs_active_handles_total"],
    ["go_goroutines"],
    ["go_goroutine_count"],
    ["process_runtime_go_goroutines"],
    // client_java, the JMX exporter; Micrometer; OpenTelemetry, by state; OpenTelemetry 1.x.
    ["jvm_threads_current"],
    ["jvm_threads_live_threads"],
    ["jvm_thread_count"],
    ["process_runtime_jvm_threads_count"],
    // prometheus-net.
    ["process_num_threads"],
    ["dotnet_thread_pool_thread_count"],
  ],
  fds: [["process_open_fds"], ["process_files_open_files"], ["process_unix_file_descriptor_count"]],
  liveBytes: [
    ["go_memstats_alloc_bytes"],
    ["nodejs_heap_size_used_bytes", "nodejs_external_memory_bytes"],
    ["v8js_memory_heap_used_bytes"],
    ["process_runtime_go_mem_heap_alloc_bytes"],
    ['jvm_memory_used_bytes{area="heap"}'],
    ['jvm_memory_bytes_used{area="heap"}'],
    ['jvm_memory_used_bytes{jvm_memory_type="heap"}'],
    ['process_runtime_jvm_memory_usage_bytes{type="heap"}'],
    ["dotnet_total_memory_bytes"],
    ["dotnet_gc_last_collection_heap_size_bytes"],
  ],
};
