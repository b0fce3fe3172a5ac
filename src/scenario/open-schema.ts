import { z } from "zod";
import type { FileConnect, FileCommand, FileEvents, FileStdio, FileTcp, FileUnix } from "./file-step.js";
import { commandLine, duration, path, text, textMap } from "./fields.js";

/** Fields of a frame; anything that JSON can say. */
export const fields: z.ZodType<Readonly<Record<string, unknown>>> = z.record(z.string(), z.unknown()).meta({
  title: "a mapping",
  description: 'Fields as JSON. Write placeholders in quotes: "{session}".',
  examples: [{ type: "content" }],
});

export const method: z.ZodType<string> = z
  .enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
  .meta({ description: "Method of the request.", title: "an HTTP method in capitals", examples: ["POST"] })
  .default("GET");

export const body: z.ZodType<string | Readonly<Record<string, unknown>> | undefined> = z
  .union([z.string(), fields])
  .meta({ description: "Text, or a mapping that is sent as JSON.", title: "text or a mapping" })
  .optional();

const protocol = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/)
  .meta({ title: "the name of a subprotocol", examples: ["tty"] });

export const connect: z.ZodType<string | FileConnect> = z
  .union([
    path("Path of the WebSocket, relative to `target.url`.", "/ws"),
    z.strictObject({
      path: path("Path of the WebSocket, relative to `target.url`.", "/ws").default("/ws"),
      headers: textMap("Headers of the handshake.", { authorization: "Bearer {session}" }).default({}),
      protocols: z
        .array(protocol)
        .min(1)
        .meta({
          title: "a list of subprotocols",
          description: "Subprotocols that are offered; the server must take one.",
          examples: [["tty"]],
        })
        .optional(),
      within: duration("How long the handshake may take.").default("5s"),
    }),
  ])
  .meta({
    title: "a path that begins with /, or a mapping of path, headers, protocols and within",
    description: "Open a WebSocket. Alone, as `- connect`, it opens /ws.",
    examples: ["/ws"],
  });

export const events: z.ZodType<string | FileEvents> = z
  .union([
    path("Path of the stream, relative to `target.url`.", "/events"),
    z.strictObject({
      method,
      path: path("Path of the stream, relative to `target.url`.", "/events"),
      headers: textMap("Headers of the request.", { authorization: "Bearer {session}" }).default({}),
      body,
      within: duration("How long the server may take to begin the stream.").default("5s"),
    }),
  ])
  .meta({
    title: "a path that begins with /, or a mapping of method, path, headers, body and within",
    description: "Open a stream of Server-Sent Events. `expect` then looks at the data of each event.",
    examples: ["/events"],
  });

const framing = z
  .enum(["line", "raw"])
  .meta({
    title: "one of line, raw",
    description:
      "line: a message ends with a line feed, which `send` appends. raw: bytes as they are, and `expect` looks at all that has come.",
    examples: ["raw"],
  })
  .default("line");

export const tcp: z.ZodType<FileTcp> = z
  .strictObject({
    host: text({
      description: "Default: the host of `target.url`.",
      title: "a host",
      examples: ["127.0.0.1"],
    }).optional(),
    port: z
      .union([z.int().min(1).max(65535), z.string().regex(/^(\d{1,5}|.*\{[A-Za-z][\w-]*\}.*)$/)])
      .meta({
        title: "a port, or text with a placeholder",
        description: "Default: the port of `target.url`.",
        examples: ["{port}"],
      })
      .optional(),
    framing,
    within: duration("How long the connection may take to stand.").default("5s"),
  })
  .meta({
    title: "a mapping of host, port, framing and within",
    description: "Open a raw TCP connection. Alone, as `- tcp`, to the port of `target.url`.",
    examples: [{ port: "{port}" }],
  });

const socketPath = z
  .string()
  .regex(/^(\/|.*\{[A-Za-z][\w-]*\})/)
  .meta({
    title: "a path that begins with /, or text with a placeholder",
    description: "Path of the socket.",
    examples: ["/run/x.sock"],
  });

export const unix: z.ZodType<string | FileUnix> = z
  .union([
    socketPath,
    z.strictObject({
      path: socketPath,
      framing,
      within: duration("How long the connection may take to stand.").default("5s"),
    }),
  ])
  .meta({
    title: "a path that begins with /, or a mapping of path, framing and within",
    description: "Open a raw connection to a Unix socket.",
    examples: ["/run/x.sock"],
  });

export const stdio: z.ZodType<FileCommand | FileStdio> = z
  .union([
    commandLine("A program of the target's, one for each session.", "server --stdio"),
    z.strictObject({
      command: commandLine("A program of the target's, one for each session.", "server --stdio"),
      framing,
      within: duration("How long it may take to start.").default("5s"),
    }),
  ])
  .meta({
    title: "a command, or a mapping of command, framing and within",
    description: "Start a program that belongs to the target, and speak to it by its stdin and stdout.",
    examples: ["server --stdio"],
  });
