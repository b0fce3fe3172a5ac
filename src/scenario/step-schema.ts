import { z } from "zod";
import { close, drop } from "./ending-schema.js";
import { captures, commandLine, duration, path, pattern, pause, text, textMap, whole } from "./fields.js";
import type { FileFlowStep, FileStep } from "./file.js";
import { expectStep, send } from "./frame-schema.js";
import { body, connect, events, method, stdio, tcp, unix } from "./open-schema.js";

const exec = z
  .union([
    commandLine("A client program to run to its end.", "client --once {port}"),
    z.strictObject({
      command: commandLine("A client program to run to its end.", "client --once {port}"),
      exit: whole("The exit code that it must end with.", { min: 0, max: 255, example: 0 }).default(0),
      output: pattern("Is found in its stdout; named groups become variables.", "PONG").optional(),
      within: duration("How long it may run.").default("10s"),
    }),
  ])
  .meta({
    title: "a command, or a mapping of command, exit, output and within",
    description: "Run a client program to its end.",
    examples: ["client --once {port}"],
  });

const statusCode = (description: string): z.ZodInt =>
  whole(description, { min: 100, max: 599, example: 200 });

const http = z
  .union([
    path("Path to GET, relative to `target.url`.", "/healthz"),
    z.strictObject({
      method,
      path: path("Path, relative to `target.url`.", "/healthz"),
      headers: textMap("Headers of the request.", { accept: "application/json" }).optional(),
      body,
      form: textMap("Fields of a form, in place of a body.", { user: "ada" }).optional(),
      status: z
        .union([
          statusCode("The status that the answer must have."),
          z.array(statusCode("A status that the answer may have.")).min(1),
        ])
        .meta({
          title: "a whole number from 100 to 599, or a list of them",
          description: "The status that the answer must have; of a list, one.",
          examples: [200],
        })
        .default(200),
      match: pattern("Is found in the body; named groups become variables.", '"ok"\\s*:\\s*true').optional(),
      capture: captures("json and a path, header and a name", "token", "json token").optional(),
      within: duration("How long the answer may take.").default("5s"),
    }),
  ])
  .meta({
    title:
      "a path that begins with /, or a mapping of method, path, headers, body, form, status, match, capture and within",
    description:
      "Send one HTTP request on a connection of its own. Cookies of the answer are kept for the session.",
    examples: ["/healthz"],
  });

const steps = [
  z.enum(["connect", "tcp", "close"]),
  z.strictObject({ connect }),
  z.strictObject({ events }),
  z.strictObject({ tcp }),
  z.strictObject({ unix }),
  z.strictObject({ stdio }),
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

const names = "connect, events, tcp, unix, stdio, send, expect, wait, close, drop, exec, spawn";

const meta = {
  title: `a step with one key: ${names} or http`,
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
export const flowStepSchema: z.ZodType<FileFlowStep> = z
  .union([...steps, z.strictObject({ variant })])
  .meta({ ...meta, title: `a step with one key: ${names}, http or variant` });
