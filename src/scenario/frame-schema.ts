import { z } from "zod";
import type { FileBinary, FileExpect } from "./file-step.js";
import { captures, duration, pattern, text } from "./fields.js";
import { fields } from "./open-schema.js";

const binary = z
  .union([
    z.strictObject({
      base64: z
        .string()
        .regex(/^[A-Za-z0-9+/]*={0,2}$/)
        .meta({ title: "base64", description: "The bytes as base64.", examples: ["AQID"] }),
    }),
    z.strictObject({
      hex: z
        .string()
        .regex(/^([0-9A-Fa-f]{2})*$/)
        .meta({
          title: "two hexadecimal digits for each byte, in quotes",
          description: "The bytes in hexadecimal.",
          examples: ["010203"],
        }),
    }),
  ])
  .meta({
    title: "a mapping of base64 or hex",
    description: "Bytes; over a WebSocket they are a binary frame.",
    examples: [{ base64: "AQID" }],
  });

export const send: z.ZodType<string | { readonly binary: FileBinary } | Readonly<Record<string, unknown>>> = z
  .union([z.string(), z.strictObject({ binary }), fields])
  .meta({
    title: "text, a mapping that is sent as JSON, or binary with base64 or hex",
    description:
      "Send one message. {session}, {operation}, {flow}, {port} and variables in it are filled in.",
    examples: [{ sender: "USER", content: "hello", sessionID: "{session}" }],
  });

/** The words that have a meaning of their own under `expect`, and so cannot be fields of a frame there. */
const plainField = z
  .string()
  .regex(/^(?!(any|capture|contains|json|matches|text|within)$)/)
  .meta({
    title:
      "a field of the frame; any, capture, contains, json, matches, text and within have a meaning of their own",
    description: "A field of the frame.",
  });

const beside = {
  event: text({
    description: "The type of the event, where the connection is a stream of events.",
    title: "the type of an event",
    examples: ["message"],
  }).optional(),
  capture: captures("json", "id", "json result.id").optional(),
  within: duration("How long to wait for the frame.").default("5s"),
};

export const expectStep: z.ZodType<FileExpect> = z
  .union([
    z.string(),
    z.strictObject({
      any: z.literal(true).meta({ description: "Any frame.", title: "true", examples: [true] }),
      ...beside,
    }),
    z.strictObject({ contains: text({ description: "A piece of the frame's text." }), ...beside }),
    z.strictObject({
      text: z.string().meta({ description: "The frame's exact text.", title: "text" }),
      ...beside,
    }),
    z.strictObject({
      matches: pattern("Is found in the frame's text; its named groups become variables.", "id=(?<id>\\d+)"),
      ...beside,
    }),
    z.strictObject({ json: fields, ...beside }),
    z.record(plainField, z.unknown()),
  ])
  .meta({
    title:
      "text, the fields of a JSON frame, or one of json, text, contains, matches, any with event, capture and within",
    description:
      "Wait for a frame; those before it are passed over. A mapping: a JSON object with at least these fields. Text: the exact frame.",
    examples: [{ json: { type: "content" }, within: "5s" }],
  });
