/** One step of what a session does. */
export type Step =
  /** A WebSocket. */
  | {
      readonly kind: "connect";
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
      /** Subprotocols that are offered (RFC 6455, section 1.9); the server must take one. Absent = none. */
      readonly protocols?: readonly string[] | undefined;
      readonly withinMs: number;
    }
  /** A stream of Server-Sent Events. */
  | {
      readonly kind: "events";
      readonly method: string;
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body?: string | undefined;
      readonly withinMs: number;
    }
  /** A raw TCP connection to a host and port; absent = those of the target. */
  | {
      readonly kind: "tcp";
      readonly host?: string | undefined;
      readonly port?: string | undefined;
      readonly framing: Framing;
      readonly withinMs: number;
    }
  /** A raw connection to a Unix socket. */
  | {
      readonly kind: "unix";
      readonly path: string;
      readonly framing: Framing;
      readonly withinMs: number;
    }
  /** A program of the target's that is spoken to by its stdin and stdout: one for each session. */
  | {
      readonly kind: "stdio";
      readonly command: readonly string[];
      readonly framing: Framing;
      readonly withinMs: number;
    }
  /** Text, or the bytes of a binary frame, written as base64 or hex. */
  | { readonly kind: "send"; readonly data: string; readonly binary?: "base64" | "hex" | undefined }
  | {
      readonly kind: "expect";
      readonly match: Match;
      /** Of a stream of events: those of this type only. */
      readonly event?: string | undefined;
      readonly capture?: Captures | undefined;
      readonly withinMs: number;
    }
  | { readonly kind: "wait"; readonly ms: number }
  | {
      readonly kind: "close";
      readonly code: number;
      /** In the midst of what the server writes. */
      readonly whileReceiving?: true | undefined;
      readonly withinMs: number;
    }
  /** Leave without a goodbye. */
  | {
      readonly kind: "drop";
      readonly how: DropWay;
      readonly whileReceiving?: true | undefined;
      readonly withinMs: number;
    }
  /** Run a client program to its end. */
  | {
      readonly kind: "exec";
      readonly command: readonly string[];
      readonly exit: number;
      /** A regular expression (RE2) that its stdout must match; named groups become variables. */
      readonly output?: string | undefined;
      readonly withinMs: number;
    }
  /** Start a client program that is ended with the operation. */
  | { readonly kind: "spawn"; readonly command: readonly string[] }
  | {
      readonly kind: "http";
      readonly method: string;
      readonly path: string;
      readonly headers?: Readonly<Record<string, string>> | undefined;
      readonly body: string | undefined;
      /** Fields of a form, sent in place of a body. */
      readonly form?: Readonly<Record<string, string>> | undefined;
      /** The one that the answer must have, or those of which it must have one. */
      readonly status: number | readonly number[];
      /** A regular expression (RE2) that the body must match; named groups become variables. */
      readonly match?: string | undefined;
      readonly capture?: Captures | undefined;
      readonly withinMs: number;
    };

/** Where one message ends and the next begins: at a line feed, or nowhere, so that what has come is taken as it is. */
export type Framing = "line" | "raw";

/**
 * `fin` ends the own half and reads no more, `half-close` ends it and goes on reading, `reset` is a TCP RST, `silence` stops
 * answering until the target hangs up, `stall` never reads again.
 */
export type DropWay = "fin" | "half-close" | "reset" | "silence" | "stall";

/** What is taken out of an answer, by the name that stands for it as a placeholder in later steps. */
export type Captures = Readonly<Record<string, Capture>>;

export type Capture =
  /** Keys and indexes, with dots between. */
  | { readonly from: "json"; readonly path: string }
  | { readonly from: "header"; readonly name: string }
  /** A regular expression (RE2); its first group, or all that it matches where it has none. */
  | { readonly from: "regex"; readonly pattern: string };

/** What a received frame must be. Frames before it are passed over. */
export type Match =
  | { readonly kind: "any" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "contains"; readonly text: string }
  /** A regular expression (RE2) that is found in the frame; named groups become variables. */
  | { readonly kind: "matches"; readonly pattern: string }
  /** The frame is a JSON object that has all these fields with these values. */
  | { readonly kind: "json"; readonly fields: Readonly<Record<string, unknown>> };
