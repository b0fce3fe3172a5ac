import { z } from "zod";
import { criterionIds } from "../model/verdict.js";
import { commandLine, duration, text, textMap, whole } from "../scenario/fields.js";
import type { SuiteFile } from "./file.js";

const target = z
  .strictObject({
    command: commandLine(
      "Starts the server, in place of each scenario's own command.",
      "./server --port {port}",
    ).optional(),
    cwd: text({
      description: "The folder that it starts in, relative to this file.",
      title: "a folder",
      examples: ["../server"],
    }).optional(),
    commit: text({
      description: "The commit that it is built from. Default: that of the git repository at cwd.",
      title: "a commit",
      examples: ["${GITHUB_SHA}"],
    }).optional(),
  })
  .meta({
    title: "a mapping of command, cwd, commit",
    description: "A server under test. An empty mapping is the scenarios' own.",
    examples: [{ command: "./server --port {port}" }],
  });

const scenario = text({
  description: "A shipped scenario by its name, or the path of a file, relative to this one.",
  title: "the name or the path of a scenario",
  examples: ["connect-churn"],
});

const pair = {
  target: text({
    description: "Only of this target. Default: any.",
    title: "the name of a target",
    examples: ["gateway"],
  }).optional(),
  scenario: text({
    description: "Only of this scenario, as it stands under scenarios. Default: any.",
    title: "a scenario of the suite",
    examples: ["connect-churn"],
  }).optional(),
};

const exclusion = z.strictObject(pair).meta({
  title: "a mapping of target and scenario",
  description: "What is not run.",
  examples: [{ target: "gateway", scenario: "memory-soak" }],
});

const quarantine = z
  .strictObject({
    ...pair,
    criteria: z
      .array(z.enum(criterionIds).meta({ title: `one of ${criterionIds.join(", ")}`, examples: ["fds"] }))
      .min(1)
      .meta({
        title: "a list of criteria",
        description: "Only of these. Default: all.",
        examples: [["fds"]],
      })
      .optional(),
    reason: text({
      description: "Why it does not count; it stands in the history.",
      title: "the reason, as text",
      examples: ["known, being fixed"],
    }),
    until: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .meta({
        title: "a day such as 2027-01-31",
        description: "The last night on which it holds (UTC). From the next on a fail counts again.",
        examples: ["2027-01-31"],
      }),
  })
  .meta({
    title: "a mapping of target, scenario, criteria, reason and until",
    description: "A fail that is shown and does not count.",
    examples: [{ scenario: "goose-churn", criteria: ["fds"], reason: "known", until: "2027-01-31" }],
  });

const webhook = z
  .strictObject({
    url: text({
      description: "Where to POST. ${NAME} stands for an environment variable, so that it need not be here.",
      title: "an http or https URL, or ${NAME}",
      examples: ["${WATERTIGHT_WEBHOOK}"],
    }),
    headers: textMap("Headers to send along; ${NAME} as in url.", {
      authorization: "Bearer ${TOKEN}",
    }).default({}),
    within: duration("How long one try may take.", ["10s"]).default("10s"),
    retries: whole("How often to try again.", { min: 0, max: 5, example: 2 }).default(2),
  })
  .meta({
    title: "a mapping of url, headers, within, retries",
    description: "Told once a night, and only when a verdict changed.",
    examples: [{ url: "${WATERTIGHT_WEBHOOK}" }],
  });

function listOf<Item extends z.ZodType>(item: Item, title: string, example: unknown): z.ZodArray<Item> {
  return z.array(item).meta({ title, examples: [example] });
}

/** A suite file as it is written. Defaults are filled in by parsing. */
export const suiteFile: z.ZodType<SuiteFile> = z
  .strictObject({
    name: text({
      description: "Shown above the index. Default: the name of the file.",
      title: "a name",
      examples: ["gateway, nightly"],
    }).optional(),
    targets: z.record(z.string(), target).meta({
      title: "a mapping of names to targets",
      description: "The servers under test.",
      examples: [{ gateway: { command: "./server --port {port}" } }],
    }),
    scenarios: listOf(scenario, "a list of scenarios", ["connect-churn"])
      .min(1)
      .describe("What each target is driven through."),
    exclude: listOf(exclusion, "a list of mappings of target and scenario", [{ scenario: "memory-soak" }])
      .describe("What is left out of targets × scenarios.")
      .default([]),
    quick: z
      .boolean()
      .meta({ title: "true or false", description: "Every scenario in its small size.", examples: [true] })
      .default(false),
    budget: duration("Time for a night. What does not fit is left for the next one. Default: no limit.", [
      "2h",
    ]).optional(),
    repeats: whole("How often each runs in a night.", { min: 1, max: 20, example: 2 }).default(1),
    quarantine: listOf(quarantine, "a list of quarantines", [
      { scenario: "goose-churn", reason: "known", until: "2027-01-31" },
    ])
      .describe("Fails that do not count for now.")
      .default([]),
    webhook: webhook.optional(),
    keep: whole("Nights whose records and reports are kept. The history keeps its entries. Default: all.", {
      min: 1,
      example: 60,
    }).optional(),
  })
  .meta({ title: "a suite: a mapping", description: "A watertight suite: what a nightly runs." });
