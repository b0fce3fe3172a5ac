import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMessage } from "../../src/gateway/protocol.js";

const prompt = { kind: "prompt", content: "hi", firstMessage: false };

describe("parseMessage", () => {
  it.each([
    [
      '{"sender":"USER","content":"hi","firstMessage":true,"sessionID":"a"}',
      { kind: "prompt", content: "hi", firstMessage: true, sessionID: "a" },
    ],
    ['{"sender":"USER","content":"hi","sessionID":""}', prompt],
    ['{"sender":"USER","content":"hi","sessionID":"a\\u0000b"}', prompt],
    [`{"sender":"USER","content":"hi","sessionID":"${"a".repeat(201)}"}`, prompt],
    ['{"sender":"USER","content":"hi","sessionID":7}', prompt],
    ['{"sender":"USER","content":"hi"}', prompt],
    ['{"type":"stop"}', { kind: "stop" }],
    ['{"type":"fuzzy_search","query":"rea","maxResults":7}', { kind: "search", query: "rea", maxResults: 7 }],
    ['{"type":"fuzzy_search","query":""}', { kind: "search", query: "", maxResults: 50 }],
    [
      '{"type":"fuzzy_search","query":"x","maxResults":100000}',
      { kind: "search", query: "x", maxResults: 200 },
    ],
  ])("understands %s", (text, message) => {
    expect(parseMessage(text)).toEqual(message);
  });

  it.each([
    ["{", "not JSON"],
    ["", "not JSON"],
    ["null", "not a JSON object"],
    ["[]", "not a JSON object"],
    ['"stop"', "not a JSON object"],
    ["{}", '"sender":"USER"'],
    ['{"sender":"BOT","content":"hi"}', '"sender":"USER"'],
    ['{"sender":"USER"}', '"content" must be a text'],
    ['{"sender":"USER","content":""}', '"content" must be a text'],
    ['{"sender":"USER","content":"a\\u0000b"}', "NUL"],
    ['{"type":"dance"}', 'unknown type "dance"'],
    ['{"type":7,"sender":"USER","content":"hi"}', "unknown type 7"],
    ['{"type":"fuzzy_search"}', '"query"'],
    ['{"type":"fuzzy_search","query":"x","maxResults":0}', '"maxResults"'],
    ['{"type":"fuzzy_search","query":"x","maxResults":"9"}', '"maxResults"'],
  ])("says what is wrong with %s", (text, reason) => {
    const message = parseMessage(text);
    expect(message).toMatchObject({ kind: "invalid", reason: expect.stringContaining(reason) });
  });

  it("never throws, and never lets an unknown type through, whatever the frame", () => {
    const kinds = new Set(["prompt", "stop", "search", "invalid"]);
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => kinds.has(parseMessage(text).kind)));
  });
});
