import { z } from "zod";
import { bytes, commandLine, duration, text, textMap, whole } from "./fields.js";
import type { FileReady, FileTarget } from "./file.js";

const readyWithin = duration("How long the target may take to be ready.").default("10s");

const ready: z.ZodType<FileReady> = z
  .union([
    z.strictObject({
      port: z
        .literal(true)
        .meta({ title: "true", description: "Ready when {port} accepts a connection.", examples: [true] })
        .optional(),
      within: readyWithin,
    }),
    z.strictObject({
      socket: text({
        description: "Ready when this Unix socket accepts a connection.",
        title: "the path of a Unix socket",
        examples: ["{socket}", "/run/app.sock"],
      }),
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
    title: "one of port, socket, url, log, command; and within",
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

export const target: z.ZodType<FileTarget> = z
  .strictObject({
    command: commandLine(
      "The command that starts the server. {gateway} (as the first word) is the reference gateway, {idle} (alone) a program that does nothing, {port} a free port, {socket} a path for a Unix socket, {goose} the agent's stand-in, {dir} a folder of a few hundred files, to be read.",
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
      .regex(/^(ws|http)s?:\/\/[^/]/)
      .meta({
        title: "a URL that begins with ws://, wss://, http:// or https://",
        description: "What the paths of `connect`, `http` and `events` are relative to.",
        examples: ["ws://127.0.0.1:{port}"],
      })
      .default("ws://127.0.0.1:{port}"),
    tls: z
      .union([
        z.strictObject({
          ca: text({
            description: "File of a certificate to trust (PEM), relative to this file.",
            title: "a file",
            examples: ["cert.pem"],
          }),
        }),
        z.strictObject({
          verify: z
            .literal(false)
            .meta({ title: "false", description: "Take any certificate.", examples: [false] }),
        }),
      ])
      .meta({
        title: "a mapping of ca or verify",
        description: "For wss:// and https://. Default: certificates that the system trusts.",
        examples: [{ verify: false }],
      })
      .optional(),
  })
  .meta({ title: "a mapping", description: "The server under test. Default: the reference gateway." });
