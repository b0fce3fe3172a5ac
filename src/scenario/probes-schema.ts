import { z } from "zod";
import { commandLine, duration } from "./fields.js";
import type { FileProbes } from "./file.js";

const autoOrOff = z.enum(["auto", "off"]);

/** A metric, maybe with the labels of its series. */
export function metricName(description: string, example: string): z.ZodString {
  return z
    .string()
    .regex(
      /^[A-Za-z_:][A-Za-z0-9_:]*(\{[A-Za-z_][A-Za-z0-9_]*="[^"\\]*"(, ?[A-Za-z_][A-Za-z0-9_]*="[^"\\]*")*\})?$/,
    )
    .meta({
      title: 'the name of a metric, with label="value" pairs in braces where it needs them',
      description,
      examples: [example],
    });
}

function metric(description: string, example: string): z.ZodOptional<z.ZodString> {
  return metricName(description, example).optional();
}

const page = z
  .string()
  .regex(/^\//)
  .meta({
    title: "a path that begins with /",
    description: "Path of a Prometheus endpoint on the target.",
    examples: ["/metrics"],
  });

const prometheus = z
  .union([
    page,
    z.strictObject({
      path: page,
      tasks: metric(
        "The metric that counts tasks, in place of the well-known ones. Several series are summed up.",
        "myapp_goroutines",
      ),
      fds: metric("The metric that counts open file descriptors.", "myapp_open_files"),
      memory: metric(
        "The metric of live memory in bytes; it is judged beside the memory seen from outside.",
        'myapp_heap_bytes{area="live"}',
      ),
    }),
  ])
  .meta({
    title: "a path that begins with /, or a mapping of path, tasks, fds and memory",
    description: "A Prometheus endpoint on the target, and the names of metrics that are not well-known.",
    examples: ["/metrics"],
  });

/** In a record the probes are told apart by their names. */
const probeName = z
  .string()
  .regex(/^(?!(node|prometheus|go|threads)$)[A-Za-z][A-Za-z0-9_-]{0,30}$/)
  .meta({
    title:
      "a probe name of letters, digits, - and _, beginning with a letter; node, prometheus, go and threads are taken",
    description: "The name of the probe, as it stands in reports.",
  });

const command = commandLine(
  "A program that prints `name value` lines or a JSON object of numbers. {pid} of the listener and {port} in it are filled in.",
  "queue-stats --port {port}",
);

const commands = z
  .record(
    probeName,
    z
      .union([
        command,
        z.strictObject({
          command,
          within: duration("How long it may run; then it is ended.").default("5s"),
        }),
      ])
      .meta({
        title: "a command, or a mapping of command and within",
        description: "One program, run at every look.",
        examples: ["queue-stats --port {port}"],
      }),
  )
  .meta({
    title: "a mapping of names to commands",
    description: "Programs that look inside the target, each run at every look.",
    examples: [{ queue: "queue-stats --port {port}" }],
  });

/** The looks inside the runtime, as they stand in the file. */
export const probes: z.ZodType<FileProbes> = z
  .strictObject({
    node: autoOrOff
      .meta({
        title: "auto or off",
        description: "auto: look inside through the inspector, where the target is Node.",
        examples: ["auto"],
      })
      .default("auto"),
    prometheus: prometheus.optional(),
    go: z
      .string()
      .regex(/^(auto|off|\/\S*|http:\/\/[^/\s]\S*)$/)
      .meta({
        title: "auto, off, a path that begins with /, or a URL that begins with http://",
        description: "Go's pprof. auto: where a Go listener serves it at /debug/pprof.",
        examples: ["/debug/pprof"],
      })
      .default("auto"),
    threads: autoOrOff
      .meta({
        title: "auto or off",
        description: "auto: count threads by name, where nothing else looks inside.",
        examples: ["auto"],
      })
      .default("auto"),
    commands: commands.optional(),
  })
  .meta({
    title: "a mapping of node, prometheus, go, threads and commands",
    description: "Looks inside the runtime.",
    examples: [{ prometheus: "/metrics" }],
  });
