import { z } from "zod";
import { engineFields } from "./engine-schema.js";
import { duration, pause, rate, share, whole } from "./fields.js";
import type { FileLoad, FileQuick, FileSettle } from "./file.js";

/** Of a load that is `external` and says no more. */
const externalDuration = "10m";

const loadFields = {
  operations: whole(
    "Measured operations, warm-up not counted. Default: as many as `detect` needs, else 1000; none under a `duration`.",
    {
      min: 1,
      example: 1000,
    },
  ).optional(),
  duration: duration("Measure for this long instead of a number of operations.", ["1h"]).optional(),
  maxOperations: whole(
    "How far a run goes on by itself while something is inconclusive. Default: three times the operations. The same as `operations`: not at all.",
    { min: 1, example: 3000 },
  ).optional(),
  maxDuration: duration(
    "The same for a run with a `duration`. Default: twice the duration. The same as `duration`: not at all.",
    ["2h"],
  ).optional(),
  batch: whole(
    "Operations between two quiet points. Default: a tenth of the operations, or 100 under a duration.",
    { min: 1, example: 100 },
  ).optional(),
  concurrency: whole(
    "Sessions at the same time. Default 25, or the number of operations where that is less.",
    { min: 1, max: 20_000, example: 25 },
  ).optional(),
  ramp: pause("The sessions of the first batch start evenly over this time. Default 0s.", ["1s"]).optional(),
  warmup: whole("Operations before the baseline. Default 50.", { min: 0, example: 50 }).optional(),
  maxFailed: share("Failed operations past which the run says nothing about leaks. Default 1%.").optional(),
};

const settleFields = {
  quiet: duration("Quiet = nothing changed for this long. Default 300ms.", ["300ms"]).optional(),
  within: duration("Give up waiting for quiet after this long. Default 5s.").optional(),
};

export const settle: z.ZodType<FileSettle> = z.strictObject(settleFields).meta({
  title: "a mapping of quiet and within",
  description: "The wait for quiet after each batch.",
  examples: [{ quiet: "300ms", within: "5s" }],
});

const drainDoc = "The last, long wait: longer than the target's own timeouts. Default 3s.";

export const drain: z.ZodType<string | undefined> = pause(drainDoc, ["3s"]).optional();

const elsewhere = z
  .literal("external")
  .transform((): FileLoad => ({ external: true, duration: externalDuration }));

export const load: z.ZodType<FileLoad> = z
  .union([elsewhere, z.strictObject({ ...loadFields, ...engineFields })])
  .meta({
    title: "a mapping, or external",
    description:
      "How much, and how many at a time. external: somebody else drives, and is not told anything; watched for 10m.",
    examples: [{ operations: 1000, batch: 100 }],
  });

const detect = rate("What a quick run asks for in place of each `detect` but that of memory.").optional();

export const quick: z.ZodType<FileQuick> = z
  .strictObject({ ...loadFields, settle: settle.optional(), drain, detect })
  .meta({
    title: "a mapping of load fields, settle, drain and detect",
    description: "What differs in a quick run. Default: at most 200 operations in batches of 25.",
    examples: [{ operations: 200, batch: 25, warmup: 25, drain: "500ms" }],
  });
