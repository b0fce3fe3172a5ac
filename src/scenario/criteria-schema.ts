import { z } from "zod";
import type { CriterionId } from "../model/verdict.js";
import { byteRate, bytes, rate, share, text, whole } from "./fields.js";
import type { FileCriteria } from "./file.js";

const dropped = z.strictObject({
  drop: text({
    description: "Do not judge this criterion, for this reason; it is shown as dropped.",
    title: "the reason, as text",
    examples: ["no PTY in this server"],
  }),
});

const allow = whole("How many left over are tolerated.", { min: 0, example: 0 }).default(0);
const detect = rate("A pass must be able to see a leak of this rate. Default: any power will do.").optional();
const used = z
  .literal(true)
  .meta({
    title: "true",
    description: "The flows must use it: a run in which it never moved has tested nothing.",
    examples: [true],
  })
  .optional();

const counted = z.union([dropped, z.strictObject({ allow, detect, used })]).meta({
  title: "a mapping of allow, detect and used, or of drop with its reason",
  description: "Judge by what is left over.",
  examples: [{ allow: 0 }],
});

const zombies = z.union([dropped, z.strictObject({ allow, detect })]).meta({
  title: "a mapping of allow and detect, or of drop with its reason",
  description: "Children that have exited and were not waited for.",
  examples: [{ allow: 0 }],
});

const peakShare = share("Peak, as a share of the soft limit.").default("50%");
const fds = z.union([dropped, z.strictObject({ peakShare, allow, detect, used })]).meta({
  title: "a mapping of peakShare, allow, detect and used, or of drop with its reason",
  description: "File descriptors.",
  examples: [{ peakShare: "50%" }],
});

const memoryRules = z.strictObject({
  budget: bytes(
    "Growth over 24 h that is still stable. Default: 10% of the baseline or 64 MiB, the larger.",
  ).optional(),
  detect: byteRate("A pass must be able to see growth of this rate. Default: any power will do.").optional(),
});

const memory = z.union([dropped, memoryRules]).meta({
  title: "a mapping of budget and detect, or of drop with its reason",
  description: "Memory.",
  examples: [{ budget: "64MiB" }],
});

export const criteria: z.ZodType<FileCriteria> = z
  .strictObject({
    tasks: counted.optional(),
    processes: counted.optional(),
    fds: fds.optional(),
    memory: memory.optional(),
    zombies: zombies.optional(),
    ptys: counted.optional(),
  } satisfies Record<CriterionId, z.ZodType>)
  .meta({
    title: "a mapping of criteria",
    description: "Tighten, relax or drop a criterion.",
    examples: [{ fds: { peakShare: "50%" } }],
  });

/** The same for every criterion that counts. */
export const detectAll: z.ZodType<string | undefined> = rate(
  "The `detect` of every criterion but memory that does not say its own.",
).optional();
