import { z } from "zod";
import type { FileFlow } from "./file.js";
import { flowStepSchema, stepSchema } from "./step-schema.js";

/** Slashes divide what a variant's name is made of. */
export const flowName: z.ZodString = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_/-]*$/)
  .meta({ title: "a flow name of letters, digits, -, _ and /, beginning with a letter" });

const variantName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/)
  .meta({ title: "a name of letters, digits, - and _" });

const levels = z
  .record(
    variantName,
    z.array(stepSchema).meta({
      title: "a list of steps",
      description: "What a session with this level does there.",
      examples: [["close"]],
    }),
  )
  .meta({
    title: "a mapping of levels to lists of steps",
    description: "The levels of the factor.",
    examples: [{ close: ["close"], reset: [{ drop: "reset" }] }],
  });

const weight = z
  .number()
  .min(0)
  .max(1_000_000)
  .meta({
    title: "a number from 0 to 1000000",
    description:
      "Share in the mix, relative to the other flows; variants share it. 0: only held open by `stop.whileOpen`.",
    examples: [2],
  })
  .default(1);

export const flow: z.ZodType<FileFlow> = z
  .strictObject({
    weight,
    variants: z
      .record(variantName, levels)
      .meta({
        title: "a mapping of factors to their levels",
        description:
          "Ways in which sessions of the flow differ: each combination of levels is a flow of its own.",
        examples: [{ ending: { close: ["close"], reset: [{ drop: "reset" }] } }],
      })
      .optional(),
    steps: z
      .array(flowStepSchema)
      .min(1)
      .meta({
        title: "a list of at least one step",
        description: "What one session does, in order.",
        examples: [["connect", "close"]],
      }),
  })
  .meta({
    title: "a mapping of weight, variants and steps",
    description: "What one kind of session does.",
    examples: [{ steps: ["connect", "close"] }],
  });
