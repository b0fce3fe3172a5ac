import { z } from "zod";
import type { CriterionId } from "../model/verdict.js";
import { bytes, commandLine, duration, pause, share, text, textMap, whole } from "./fields.js";
import type { ScenarioFile } from "./file.js";
import { stepSchema } from "./step-schema.js";

const readyWithin = duration("How long the target may take to be ready.").default("10s");

const ready = z
  .union([
    z.strictObject({
      port: z
        .literal(true)
        .meta({ title: "true", description: "Ready when {port} accepts a connection.", examples: [true] })
        .optional(),
      within: readyWithin,
    }),
    z.strictObject({
      url: text({
        description: "Ready when this answers with 2xx.",
        title: "a URL",
        examples: ["http://127.0.0.1:{port}/healthz"],
      }),
      within: readyWithin,
    }),
    z.strictObject({
      log: text({
        description: "Ready when a line of the target's output matches this regular expression.",
        title: "a regular expression",
        examples: ["listening on"],
      }),
      within: readyWithin,
    }),
    z.strictObject({
      command: commandLine("Ready when this exits with 0.", "check-ready {port}"),
      within: readyWithin,
    }),
  ])
  .meta({
    title: "one of port, url, log, command; and within",
    description: "How to know that the target is ready. Default: its port accepts a connection.",
    examples: [{ url: "http://127.0.0.1:{port}/healthz", within: "10s" }],
  });

const limits = z
  .strictObject({
    fds: whole("Open file descriptors of a process (RLIMIT_NOFILE).", { min: 16, example: 4096 }).optional(),
    processes: whole("Processes (RLIMIT_NPROC or pids.max).", { min: 1, example: 2000 }).optional(),
    memory: bytes("Memory of the whole tree.").optional(),
  })
  .meta({
    title: "a mapping of fds, processes, memory",
    description: "Limits that the target runs under. Default: as inherited.",
  });

const target = z
  .strictObject({
    command: commandLine(
      "The command that starts the server. {gateway} (as the first word) is the reference gateway, {port} a free port, {goose} the agent's stand-in, {dir} an empty folder.",
      "node server.js --port {port}",
    ).default("{gateway}"),
    ready: ready.optional(),
    limits: limits.prefault({}),
    env: textMap("Variables added to the environment.", { LOG_LEVEL: "warn" }).default({}),
    cwd: text({
      description: "Working folder, relative to this file. Default: where watertight is started.",
      examples: ["."],
    }).optional(),
    url: z
      .string()
      .regex(/^wss?:\/\/[^/]/)
      .meta({
        title: "a URL that begins with ws:// or wss://",
        description: "What the paths of `connect` and `http` are relative to.",
        examples: ["ws://127.0.0.1:{port}"],
      })
      .default("ws://127.0.0.1:{port}"),
  })
  .meta({ title: "a mapping", description: "The server under test. Default: the reference gateway." });

const flow = z
  .strictObject({
    weight: z
      .number()
      .min(0)
      .max(1_000_000)
      .meta({
        title: "a number from 0 to 1000000",
        description: "Share in the mix, relative to the other flows. 0: only held open by `stop.whileOpen`.",
        examples: [2],
      })
      .default(1),
    steps: z
      .array(stepSchema)
      .min(1)
      .meta({
        title: "a list of at least one step",
        description: "What one session does, in order.",
        examples: [["connect", "close"]],
      }),
  })
  .meta({
    title: "a mapping of weight and steps",
    description: "What one kind of session does.",
    examples: [{ steps: ["connect", "close"] }],
  });

const loadFields = {
  operations: whole("Measured operations, warm-up not counted. Default 1000, unless `duration` is given.", {
    min: 1,
    example: 1000,
  }).optional(),
  duration: duration("Measure for this long instead of a number of operations.", ["1h"]).optional(),
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

const settle = z
  .strictObject(settleFields)
  .meta({
    title: "a mapping of quiet and within",
    description: "The wait for quiet after each batch.",
    examples: [{ quiet: "300ms", within: "5s" }],
  });

const drain = pause("The last, long wait: longer than the target's own timeouts. Default 3s.", [
  "3s",
]).optional();

const quick = z.strictObject({ ...loadFields, settle: settle.optional(), drain }).meta({
  title: "a mapping of load fields, settle and drain",
  description: "What differs in a quick run. Default: at most 200 operations in batches of 25.",
  examples: [{ operations: 200, batch: 25, warmup: 25, drain: "500ms" }],
});

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

const stop = z
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

const dropped = z.strictObject({
  drop: text({
    description: "Do not judge this criterion, for this reason; it is shown as dropped.",
    title: "the reason, as text",
    examples: ["no PTY in this server"],
  }),
});

const allow = whole("How many left over are tolerated.", { min: 0, example: 0 }).default(0);
const counted = z
  .union([dropped, z.strictObject({ allow })])
  .meta({
    title: "a mapping of allow, or of drop with its reason",
    description: "Judge by what is left over.",
    examples: [{ allow: 0 }],
  });

const criteria = z
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
    flows: z
      .record(
        z
          .string()
          .regex(/^[A-Za-z][A-Za-z0-9_-]*$/)
          .meta({ title: "a flow name of letters, digits, - and _, beginning with a letter" }),
        flow,
      )
      .meta({
        title: "a mapping of flow names to flows",
        description: "The kinds of session, mixed by weight.",
        examples: [{ polite: { steps: ["connect", "close"] } }],
      }),
    load: z
      .strictObject(loadFields)
      .meta({
        title: "a mapping",
        description: "How much, and how many at a time.",
        examples: [{ operations: 1000, batch: 100 }],
      })
      .prefault({}),
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
    probes: probes.prefault({}),
  })
  .meta({ title: "a scenario: a mapping", description: "A watertight scenario." });
