import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inert, networkReason } from "../../src/drive/failure.js";
import { FrameWatch } from "../../src/drive/frame-watch.js";
import { fillMatch, matches } from "../../src/drive/match.js";
import { filler } from "../../src/drive/placeholders.js";
import type { Match } from "../../src/model/scenario.js";

const fill = filler(() => ({ session: "s-1", port: "4000" }));

describe("placeholders", () => {
  it.each([
    ['{"sessionID":"{session}","n":{}}', '{"sessionID":"s-1","n":{}}'],
    ["ws://h:{port}/{unknown}", "ws://h:4000/{unknown}"],
    ["{toString}{constructor}", "{toString}{constructor}"],
    ["plain", "plain"],
  ])("%s becomes %s", (text, want) => expect(fill(text)).toBe(want));

  it("leave every JSON text without known names as it is", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!/\{(session|port)\}/.test(text));
        expect(fill(text)).toBe(text);
      }),
    );
  });

  it("are filled inside a match, at any depth", () => {
    const match: Match = { kind: "json", fields: { id: "{session}", in: [{ port: "{port}" }], n: null } };
    expect(fillMatch(match, fill)).toEqual({
      kind: "json",
      fields: { id: "s-1", in: [{ port: "4000" }], n: null },
    });
    expect(fillMatch({ kind: "contains", text: "<{session}>" }, fill)).toEqual({
      kind: "contains",
      text: "<s-1>",
    });
  });
});

describe("a match", () => {
  const json: Match = { kind: "json", fields: { type: "end", at: { x: [1] } } };
  it.each<[Match, string, boolean]>([
    [{ kind: "any" }, "", true],
    [{ kind: "text", text: "hi" }, "hi", true],
    [{ kind: "text", text: "hi" }, "hi!", false],
    [{ kind: "contains", text: "b" }, "abc", true],
    [{ kind: "contains", text: "d" }, "abc", false],
    [json, ' {"at":{"x":[1]},"type":"end","more":1}', true],
    [json, '{"at":{"x":[2]},"type":"end"}', false],
    [json, '{"type":"end"}', false],
    [json, '[{"type":"end"}]', false],
    [json, '{"type":"end"', false],
    [json, "null", false],
    [{ kind: "json", fields: { toString: undefined } }, "{}", false],
  ])("%j on %s: %s", (match, frame, want) => expect(matches(match, Buffer.from(frame))).toBe(want));
});

describe("the watch", () => {
  const text = (text: string): Match => ({ kind: "text", text });

  it("ticks off in order what came before it was asked for, and passes over the rest", () => {
    const watch = new FrameWatch([text("a"), text("b"), text("a")]);
    for (const frame of ["x", "a", "a", "b"]) watch.see(Buffer.from(frame), false);
    const [first, second, third] = [watch.next(), watch.next(), watch.next()];
    expect([first, second, third].map((nth) => watch.has(nth))).toEqual([true, true, false]);
    watch.see(Buffer.from("a"), false);
    expect(watch.has(third)).toBe(true);
  });

  it("shows the last frame cut and harmless, binary ones by their size", () => {
    const watch = new FrameWatch([text("a")]);
    expect(watch.last).toBe("no other frame came");
    watch.see(Buffer.from("\u001b[2J" + "y".repeat(1000)), false);
    expect(watch.last).toBe(`last frame was \\u{1b}[2J${"y".repeat(116)}…`);
    watch.see(Buffer.alloc(7), true);
    expect(watch.last).toBe("last frame was <binary, 7 bytes>");
  });
});

describe("inert", () => {
  it("lets no control, format or line character through", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(inert(text)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
        expect(inert("abc")).toBe("abc");
      }),
    );
  });
});

describe("network reasons", () => {
  it.each<[{ code?: string; message?: string }, string]>([
    [{ code: "ECONNREFUSED" }, "connection refused"],
    [{ code: "EMFILE" }, "too many open files in watertight itself (EMFILE)"],
    [{ code: "EHOSTUNREACH" }, "EHOSTUNREACH"],
    [{ code: "ECONNRESET", message: "socket hang up" }, "the server hung up without an answer"],
    [{ message: "odd\nthing" }, "odd\\nthing"],
  ])("%j reads %s", (error, want) => {
    expect(networkReason(Object.assign(new Error(error.message ?? ""), error))).toBe(want);
  });
});
