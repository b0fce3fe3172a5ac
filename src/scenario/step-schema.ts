import { z } from "zod";
import { commandLine, duration, pause, text, textMap, whole } from "./fields.js";
import type { FileFlowStep, FileStep } from "./file.js";

const path = (description: string, example: string): z.ZodString =>
  z
    .string()
    .regex(/^\//)
    .meta({ description, title: "a path that begins with /", examples: [example] });

const connect = z
  .union([
    path("Path of the WebSocket, relative to `target.url`.", "/ws"),
    z.strictObject({
      path: path("Path of the WebSocket, relative to `target.url`.", "/ws").default("/ws"),
      headers: textMap("Headers of the handshake.", { authorization: "Bearer {session}" }).default({}),
      within: duration("How long the handshake may take.").default("5s"),
    }),
  ])
  .meta({
    title: "a path that begins with /, or a mapping of path, headers and within",
    description: "Open a WebSocket. Alone, as `- connect`, it opens /ws.",
    examples: ["/ws"],
  });

/** Fields of a frame; anything that JSON can say. */
const fields = z.record(z.string(), z.unknown()).meta({
  title: "a mapping",
  description: 'Fields as JSON. Write placeholders in quotes: "{session}".',
  examples: [{ type: "content" }],
});

const send = z.union([z.string(), fields]).meta({
  title: "text, or a mapping that is sent as JSON",
  description: "Send one text frame. {session}, {operation}, {flow} and {port} in it are filled in.",
  examples: [{ sender: "USER", content: "hello", sessionID: "{session}" }],
});

const within = duration("How long to wait for the frame.").default("5s");

/** The words that have a meaning of their own under `expect`, and so cannot be fields of a frame there. */
const plainField = z
  .string()
  .regex(/^(?!(any|contains|json|text|within)$)/)
  .meta({
    title: "a field of the frame; any, contains, json, text and within have a meaning of their own",
    description: "A field of the frame.",
  });

const expectStep = z
  .union([
    z.string(),
    z.strictObject({
      any: z.literal(true).meta({ description: "Any frame.", title: "true", examples: [true] }),
      within,
    }),
    z.strictObject({ contains: text({ description: "A piece of the frame's text." }), within }),
    z.strictObject({
      text: z.string().meta({ description: "The frame's exact text.", title: "text" }),
      within,
    }),
    z.strictObject({ json: fields, within }),
    z.record(plainField, z.unknown()),
  ])
  .meta({
    title: "text, the fields of a JSON frame, or one of json, text, contains, any with within",
    description:
      "Wait for a frame; those before it are passed over. A mapping: a JSON object with at least these fields. Text: the exact frame.",
    examples: [{ json: { type: "content" }, within: "5s" }],
  });

const close = z
  .strictObject({
    code: whole("Close code, RFC 6455 section 7.4.", { min: 1000, max: 4999, example: 1000 }).default(1000),
    within: duration("How long the closing handshake may take.").default("2s"),
  })
  .meta({
    title: "a mapping of code and within",
    description: "Close the WebSocket politely. Alone, as `- close`: code 1000 within 2 s.",
    examples: [{ code: 1000 }],
  });

const dropWays = z.enum(["fin", "reset", "silence"]).meta({
  title: "one of fin, reset, silence",
  description:
    "fin: end the TCP connection without a close frame; reset: RST; silence: stop answering until the target hangs up.",
  examples: ["fin"],
});

const drop = z
  .union([
    dropWays,
    z.strictObject({
      how: dropWays,
      within: duration("How long to go on for; that it passes is no failure.").default("5s"),
    }),
  ])
  .meta({
    title: "one of fin, reset, silence; or a mapping of how and within",
    description: "Leave without a close frame.",
    examples: ["fin"],
  });

const exec = z
  .union([
    commandLine("A client program to run to its end.", "client --once {port}"),
    z.strictObject({
      command: commandLine("A client program to run to its end.", "client --once {port}"),
      exit: whole("The exit code that it must end with.", { min: 0, max: 255, example: 0 }).default(0),
      within: duration("How long it may run.").default("10s"),
    }),
  ])
  .meta({
    title: "a command, or a mapping of command, exit and within",
    description: "Run a client program to its end.",
    examples: ["client --once {port}"],
  });

const http = z
  .union([
    path("Path to GET, relative to `target.url`.", "/healthz"),
    z.strictObject({
      method: z
        .enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
        .meta({
          description: "Method of the request.",
          title: "an HTTP method in capitals",
          examples: ["POST"],
        })
        .default("GET"),
      path: path("Path, relative to `target.url`.", "/healthz"),
      body: z
        .union([z.string(), fields])
        .meta({ description: "Text, or a mapping that is sent as JSON.", title: "text or a mapping" })
        .optional(),
      status: whole("The status that the answer must have.", { min: 100, max: 599, example: 200 }).default(
        200,
      ),
      within: duration("How long the answer may take.").default("5s"),
    }),
  ])
  .meta({
    title: "a path that begins with /, or a mapping of method, path, body, status and within",
    description: "Send one HTTP request on a connection of its own.",
    examples: ["/healthz"],
  });

const steps = [
  z.enum(["connect", "close"]),
  z.strictObject({ connect }),
  z.strictObject({ send }),
  z.strictObject({ expect: expectStep }),
  z.strictObject({ wait: pause("Do nothing for this long.", ["50ms"]) }),
  z.strictObject({ close }),
  z.strictObject({ drop }),
  z.strictObject({ exec }),
  z.strictObject({
    spawn: commandLine("Start a client program; it is ended with the operation.", "client {port}"),
  }),
  z.strictObject({ http }),
] as const;

const meta = {
  title: "a step with one key: connect, send, expect, wait, close, drop, exec, spawn or http",
  description: "One step of the flow.",
  examples: [{ send: "hello" }],
};

/** One step as it stands in the file: a bare word, or a mapping with one key. */
export const stepSchema: z.ZodType<FileStep> = z.union(steps).meta(meta);

const variant = text({
  description: "The steps of the level that the variant has of this factor.",
  title: "the name of a factor",
});

/** The same, or the place of a level's steps. */
export const flowStepSchema: z.ZodType<FileFlowStep> = z.union([...steps, z.strictObject({ variant })]).meta({
  ...meta,
  title: "a step with one key: connect, send, expect, wait, close, drop, exec, spawn, http or variant",
});
