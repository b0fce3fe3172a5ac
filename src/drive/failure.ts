import { messageOf } from "../model/problem.js";

/**
 * A step that did not go as declared. The reason is the same whenever the cause is, so that
 * reasons can be counted; the detail is what was seen this one time.
 */
export class StepFailure extends Error {
  override readonly name = "StepFailure";
  readonly detail: string | undefined;

  constructor(reason: string, detail?: string) {
    super(reason);
    this.detail = detail;
  }
}

/** The session was ended from outside while a step was at work. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

const longest = 120;

/** Text of the target's made harmless on one line of a terminal: control characters escaped, then cut. */
export function inert(text: string, length: number = longest): string {
  const cut = text.length > length;
  const shown = (cut ? text.slice(0, length) : text).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escaped);
  return cut ? `${shown}…` : shown;
}

function escaped(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\r") return "\\r";
  if (character === "\t") return "\\t";
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

const byCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  EPIPE: "connection reset",
  ETIMEDOUT: "connection timed out",
  EMFILE: "too many open files in watertight itself (EMFILE)",
  EADDRNOTAVAIL: "no local port is free (EADDRNOTAVAIL)",
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: "frame is larger than the driver takes",
};

/** What a network error means, in words that stay the same from one operation to the next. */
export function networkReason(error: Error & { readonly code?: string }): string {
  if (error.message === "socket hang up") return "the server hung up without an answer";
  return byCode[error.code ?? ""] ?? error.code ?? inert(messageOf(error));
}
