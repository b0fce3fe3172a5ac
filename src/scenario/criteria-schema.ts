import { z } from "zod";
import type { CriterionId } from "../model/verdict.js";
import { bytes, share, text, whole } from "./fields.js";
import type { FileCriteria } from "./file.js";

const dropped = z.strictObject({
  drop: text({
    description: "Do not judge this criterion, for this reason; it is shown as dropped.",
    title: "the reason, as text",
    examples: ["no PTY in this server"],
  }),
});

const allow = whole("How many left over are tolerated.", { min: 0, example: 0 }).default(0);
const counted = z.union([dropped, z.strictObject({ allow })]).meta({
  title: "a mapping of allow, or of drop with its reason",
  description: "Judge by what is left over.",
  examples: [{ allow: 0 }],
});

export const criteria: z.ZodType<FileCriteria> = z
  .strictObject({
    tasks: counted.optional(),
    processes: counted.optional(),
    fds: z
      .union([
        dropped,
        z.strictObject({ peakShare: share("Peak, as a share of the soft limit.").default("50%"), allow }),
      ])
      .meta({
        title: "a mapping of peakShare and allow, or of drop with its reason",
        description: "File descriptors.",
        examples: [{ peakShare: "50%" }],
      })
      .optional(),
    memory: z
      .union([
        dropped,
        z.strictObject({
          budget: bytes(
            "Growth over 24 h that is still stable. Default: 10% of the baseline or 64 MiB, the larger.",
          ).optional(),
        }),
      ])
      .meta({
        title: "a mapping of budget, or of drop with its reason",
        description: "Memory.",
        examples: [{ budget: "64MiB" }],
      })
      .optional(),
    zombies: counted.optional(),
    ptys: counted.optional(),
  } satisfies Record<CriterionId, z.ZodType>)
  .meta({
    title: "a mapping of criteria",
    description: "Tighten, relax or drop a criterion.",
    examples: [{ fds: { peakShare: "50%" } }],
  });
