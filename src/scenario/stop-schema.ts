import { z } from "zod";
import { duration, text, whole } from "./fields.js";
import type { FileStop } from "./file.js";

const signals = ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"] as const;

const whileOpen = z
  .strictObject({
    flow: text({ description: "Name of a flow.", title: "the name of a flow" }),
    sessions: whole("How many sessions of it.", { min: 1, max: 10_000, example: 5 }),
  })
  .meta({
    title: "a mapping of flow and sessions",
    description: "Sessions held open after their last step while the stop signal arrives.",
    examples: [{ flow: "held", sessions: 5 }],
  });

export const stop: z.ZodType<FileStop> = z
  .strictObject({
    signal: z
      .enum(signals)
      .meta({
        title: `one of ${signals.join(", ")}`,
        description: "The signal that asks the target to stop.",
        examples: ["SIGTERM"],
      })
      .default("SIGTERM"),
    within: duration(
      "The target must be gone within this; then it is killed, and `processes` fails.",
    ).default("5s"),
    whileOpen: whileOpen.optional(),
  })
  .meta({
    title: "a mapping of signal, within and whileOpen",
    description: "How the target is stopped.",
    examples: [{ signal: "SIGTERM", within: "5s" }],
  });
