import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inert, networkReason } from "../../src/drive/failure.js";
import { FrameWatch } from "../../src/drive/frame-watch.js";
import { look } from "../../src/drive/match.js";
import { fillData, filler } from "../../src/drive/placeholders.js";
import type { Awaited } from "../../src/drive/watch.js";
import type { Match } from "../../src/model/scenario.js";

const variables = new Map([["token", 'a "quoted" one']]);
const fill = filler(() => ({ session: "s-1", port: "4000" }), variables);

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
    expect(look(match, '{"id":"s-1","in":[{"port":"4000"}],"n":null}', fill)).toBeDefined();
    expect(look({ kind: "contains", text: "<{session}>" }, "a <s-1> b", fill)).toEqual({ end: 7 });
  });

  it("are plain text inside a pattern", () => {
    const dots = filler(() => ({ session: "a.b" }), new Map());
    expect(look({ kind: "matches", pattern: "^{session}$" }, "a.b", dots)).toBeDefined();
    expect(look({ kind: "matches", pattern: "^{session}$" }, "axb", dots)).toBeUndefined();
  });

  it("leave JSON what it is, whatever a server put into a variable", () => {
    const send = fillData('{"auth":"{token}"}', fill);
    expect(JSON.parse(send)).toEqual({ auth: 'a "quoted" one' });
    expect(fillData("auth {token}", fill)).toBe('auth a "quoted" one');
  });
});

describe("a match", () => {
  const json: Match = { kind: "json", fields: { type: "end", at: { x: [1] } } };
  it.each<[Match, string, boolean]>([
    [{ kind: "any" }, "", true],
    [{ kind: "matches", pattern: "id=(?<id>\\d+)" }, "the id=42", true],
    [{ kind: "matches", pattern: "^id=\\d+$" }, "the id=42", false],
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
  ])("%j on %s: %s", (match, frame, want) => expect(look(match, frame, fill) !== undefined).toBe(want));
});

describe("the watch", () => {
  const text = (text: string, after = -1): Awaited => ({
    step: { kind: "expect", match: { kind: "text", text }, withinMs: 1 },
    after,
  });
  const awaiting = { at: 0, fill };
  const frame = (text: string): { data: Buffer } => ({ data: Buffer.from(text) });

  it("ticks off in order what came before it was asked for, and passes over the rest", () => {
    const watch = new FrameWatch([text("a"), text("b"), text("a")], awaiting);
    for (const each of ["x", "a", "a", "b"]) watch.see(frame(each));
    const [first, second, third] = [watch.next(), watch.next(), watch.next()];
    expect([first, second, third].map((nth) => watch.has(nth))).toEqual([true, true, false]);
    watch.see(frame("a"));
    expect(watch.has(third)).toBe(true);
  });

  it("shows the last frame cut and harmless, binary ones by their size", () => {
    const watch = new FrameWatch([text("a")], awaiting);
    expect(watch.last).toBe("no other frame came");
    watch.see(frame("\u001b[2J" + "y".repeat(1000)));
    expect(watch.last).toBe(`last frame was \\u{1b}[2J${"y".repeat(116)}…`);
    watch.see({ data: Buffer.alloc(7), isBinary: true });
    expect(watch.last).toBe("last frame was <binary, 7 bytes>");
  });

  it("keeps what comes before the variable that it is looked at with, up to 1 MiB", () => {
    const at = { at: 1, fill };
    const watch = new FrameWatch([text("{session}", 2)], at);
    for (const each of ["s-1", "x".repeat(600_000)]) watch.see(frame(each));
    expect(watch.has(1)).toBe(false);
    at.at = 3;
    watch.recheck();
    expect(watch.has(1)).toBe(true);

    const flooded = new FrameWatch([text("{session}", 3)], at);
    for (const each of ["s-1", "x".repeat(600_000), "x".repeat(600_000)]) flooded.see(frame(each));
    at.at = 4;
    flooded.recheck();
    expect(flooded.has(1)).toBe(false);
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
