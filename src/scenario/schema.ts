import { z } from "zod";
import { allow } from "./allow-schema.js";
import { criteria, detectAll } from "./criteria-schema.js";
import type { ScenarioFile } from "./file.js";
import { flow, flowName } from "./flow-schema.js";
import { drain, load, quick, settle } from "./load-schema.js";
import { probes } from "./probes-schema.js";
import { stop } from "./stop-schema.js";
import { target } from "./target-schema.js";

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
    flows: z
      .record(flowName, flow)
      .meta({
        title: "a mapping of flow names to flows",
        description:
          "The kinds of session, mixed by weight. Required, but where an engine of the load drives.",
        examples: [{ polite: { steps: ["connect", "close"] } }],
      })
      .default({}),
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
    allow,
    probes: probes.prefault({}),
  })
  .meta({ title: "a scenario: a mapping", description: "A watertight scenario." });
