import { z } from "zod";
import type { DropWay } from "../model/scenario.js";
import type { FileClose, FileDrop } from "./file-step.js";
import { duration, whole } from "./fields.js";

const whileReceiving = z
  .literal("receiving")
  .meta({
    title: "receiving",
    description: "Wait until something arrives, and leave while the server still writes.",
    examples: ["receiving"],
  })
  .optional();

export const close: z.ZodType<FileClose> = z
  .strictObject({
    code: whole("Close code, RFC 6455 section 7.4.", { min: 1000, max: 4999, example: 1000 }).default(1000),
    while: whileReceiving,
    within: duration("How long the goodbye may take.").default("2s"),
  })
  .meta({
    title: "a mapping of code, while and within",
    description: "Leave politely. Alone, as `- close`: code 1000 within 2 s.",
    examples: [{ code: 1000 }],
  });

const dropWays = z.enum(["fin", "half-close", "reset", "silence", "stall"]).meta({
  title: "one of fin, half-close, reset, silence, stall",
  description:
    "fin: end the connection without a goodbye; half-close: end the own half and read on; reset: RST; silence: stop answering until the target hangs up; stall: never read again.",
  examples: ["fin"],
});

export const drop: z.ZodType<DropWay | FileDrop> = z
  .union([
    dropWays,
    z.strictObject({
      how: dropWays,
      while: whileReceiving,
      within: duration("How long to go on for; that it passes is no failure.").default("5s"),
    }),
  ])
  .meta({
    title: "one of fin, half-close, reset, silence, stall; or a mapping of how, while and within",
    description: "Leave without a goodbye.",
    examples: ["fin"],
  });
