/** What a client asks for, or why its frame cannot be understood. */
export type ClientMessage =
  | {
      readonly kind: "prompt";
      readonly content: string;
      readonly firstMessage: boolean;
      /** The client's own name for the session; absent where it gave none, or none that an environment can hold. */
      readonly sessionID?: string;
    }
  | { readonly kind: "stop" }
  | { readonly kind: "search"; readonly query: string; readonly maxResults: number }
  | { readonly kind: "invalid"; readonly reason: string };

/** One JSON object per text frame, from the gateway to the client. */
export type ServerFrame =
  | { readonly type: "bot"; readonly sender: string }
  | { readonly type: "content"; readonly content: string }
  | { readonly type: "user"; readonly sender: string }
  | { readonly type: "exec_start"; readonly turn: number }
  | ExecEnd
  | { readonly type: "fuzzy_results"; readonly query: string; readonly results: readonly FoundFile[] }
  | { readonly type: "error"; readonly message: string };

interface ExecEnd {
  readonly type: "exec_end";
  readonly code: number | null;
  readonly signal: string | null;
  /** Why the agent could not be started. */
  readonly error?: string;
}

export interface FoundFile {
  /** Relative to the indexed folder. */
  readonly path: string;
  /** 0 = no match, 1 = exact. */
  readonly score: number;
}

const defaultResults = 50;
const mostResults = 200;
const longestSessionID = 200;

/** Reads one frame. Never throws: whatever is wrong with it is the reason of an `invalid` one. */
export function parseMessage(text: string): ClientMessage {
  const value = parseJson(text);
  if (value === undefined) return invalid("the frame is not JSON");
  if (!isRecord(value)) return invalid("the frame is not a JSON object");
  if (value["type"] !== undefined) return parseTyped(value);
  return parsePrompt(value);
}

function parseTyped(value: Record<string, unknown>): ClientMessage {
  if (value["type"] === "stop") return { kind: "stop" };
  if (value["type"] === "fuzzy_search") return parseSearch(value);
  return invalid(
    `unknown type ${shorten(JSON.stringify(value["type"]))}; known are "stop" and "fuzzy_search"`,
  );
}

function parsePrompt(value: Record<string, unknown>): ClientMessage {
  if (value["sender"] !== "USER")
    return invalid('a frame needs a "type", or "sender":"USER" with a "content"');
  const content = value["content"];
  if (typeof content !== "string" || content === "")
    return invalid('"content" must be a text that is not empty');
  if (content.includes("\0")) return invalid('"content" must not hold a NUL character');
  const sessionID = value["sessionID"];
  const named = isSessionID(sessionID) ? { sessionID } : {};
  return { kind: "prompt", content, firstMessage: value["firstMessage"] === true, ...named };
}

function parseSearch(value: Record<string, unknown>): ClientMessage {
  const { query, maxResults = defaultResults } = value;
  if (typeof query !== "string") return invalid('"query" must be a text');
  if (!isWholePositive(maxResults)) return invalid('"maxResults" must be a whole number of at least 1');
  return { kind: "search", query, maxResults: Math.min(maxResults, mostResults) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSessionID(value: unknown): value is string {
  return (
    typeof value === "string" && value !== "" && value.length <= longestSessionID && !value.includes("\0")
  );
}

function isWholePositive(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 1;
}

function invalid(reason: string): ClientMessage {
  return { kind: "invalid", reason };
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
