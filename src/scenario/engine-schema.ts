import { z } from "zod";
import { engineNames } from "../model/engine.js";
import { commandLine, duration } from "./fields.js";
import type { FileEngine } from "./file.js";
import { metricName } from "./probes-schema.js";

const metric = z
  .strictObject({
    url: z
      .string()
      .regex(/^http:\/\/[^/\s]+(\/\S*)?$/)
      .meta({
        title: "a URL that begins with http://",
        description: "The page of the metric: the target's own or the engine's. {port} in it is filled in.",
        examples: ["http://127.0.0.1:{port}/metrics"],
      }),
    name: metricName("A counter of operations; several series are summed up.", "http_requests_total"),
  })
  .meta({
    title: "a mapping of url and name",
    description: "A counter on a Prometheus page, read before and after.",
    examples: [{ url: "http://127.0.0.1:{port}/metrics", name: "http_requests_total" }],
  });

const output = z
  .string()
  .min(1)
  .max(200)
  .meta({
    title: "a regular expression of at most 200 characters",
    description:
      "In the syntax of RE2, with a group `landed` and maybe one `failed`; the last match in what the engine prints counts.",
    examples: ["(?P<landed>\\d+) done, (?P<failed>\\d+) failed"],
  });

const count = z.union([z.strictObject({ output }), z.strictObject({ metric })]).meta({
  title: "a mapping of output or metric",
  description: "Where it is read how many operations the engine did. Default: the summary of `engine`.",
  examples: [{ output: "(?P<landed>\\d+) done" }],
});

const external = z
  .union([
    z.literal(true),
    z.strictObject({
      metric: metric.optional(),
      every: duration("From one look to the next. Default 10s.", ["10s"]).default("10s"),
    }),
  ])
  .meta({
    title: "true, or a mapping of metric and every",
    description:
      "An engine that runs elsewhere and is not told anything: looks are taken in the midst of its load.",
    examples: [true],
  });

type Fields = { readonly [K in keyof FileEngine]-?: z.ZodType<FileEngine[K]> };

/** Of a load that somebody else's load generator makes. */
export const engineFields: Fields = {
  command: commandLine(
    "A load generator, started once for the warm-up and once for each batch. {port}, {url}, {operations}, {concurrency}, {batch} and {out} in it are filled in.",
    "autocannon --json -a {operations} -c {concurrency} {url}",
  ).optional(),
  engine: z
    .enum(engineNames)
    .meta({
      title: `one of ${engineNames.join(", ")}`,
      description: "Whose summary is read. Default: the one that the command names.",
      examples: ["k6"],
    })
    .optional(),
  count: count.optional(),
  within: duration("How long the engine may take for one batch; then the run is broke. Default 10m.", [
    "10m",
  ]).optional(),
  external: external.optional(),
};
