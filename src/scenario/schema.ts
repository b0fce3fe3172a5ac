import { z } from "zod";
import { criteria, detectAll } from "./criteria-schema.js";
import type { ScenarioFile } from "./file.js";
import { flow, flowName } from "./flow-schema.js";
import { drain, load, quick, settle } from "./load-schema.js";
import { stop } from "./stop-schema.js";
import { target } from "./target-schema.js";

const probes = z
  .strictObject({
    node: z
      .enum(["auto", "off"])
      .meta({
        title: "auto or off",
        description: "auto: look inside through the inspector when the listener is a Node process.",
        examples: ["auto"],
      })
      .default("auto"),
    prometheus: z
      .string()
      .regex(/^\//)
      .meta({
        title: "a path that begins with /",
        description: "Path of a Prometheus endpoint on the target.",
        examples: ["/metrics"],
      })
      .optional(),
  })
  .meta({
    title: "a mapping of node and prometheus",
    description: "Looks inside the runtime.",
    examples: [{ prometheus: "/metrics" }],
  });

/** A scenario file as it is written: units as text, shorthands as they stand. Defaults are filled in by parsing. */
export const scenarioFile: z.ZodType<ScenarioFile> = z
  .strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)
      .max(100)
      .meta({
        title: "a name of letters, digits, dots, dashes (it names files)",
        description: "Default: the name of the file.",
        examples: ["connect-churn"],
      })
      .optional(),
    about: z
      .string()
      .meta({ title: "one sentence of text", description: "What the scenario does, in one sentence." })
      .default(""),
    target: target.prefault({}),
    flows: z.record(flowName, flow).meta({
      title: "a mapping of flow names to flows",
      description: "The kinds of session, mixed by weight.",
      examples: [{ polite: { steps: ["connect", "close"] } }],
    }),
    load: load.prefault({}),
    quick: quick.optional(),
    settle: settle.prefault({}),
    drain,
    stop: stop.prefault({}),
    production: z
      .strictObject({
        sessionsPerHour: z
          .number()
          .positive()
          .max(1e9)
          .meta({
            title: "a number above 0",
            description: "Traffic that projections are made for.",
            examples: [120],
          })
          .default(120),
      })
      .meta({
        title: "a mapping of sessionsPerHour",
        description: "The traffic in production.",
        examples: [{ sessionsPerHour: 120 }],
      })
      .prefault({}),
    criteria: criteria.prefault({}),
    detect: detectAll,
    probes: probes.prefault({}),
  })
  .meta({ title: "a scenario: a mapping", description: "A watertight scenario." });
