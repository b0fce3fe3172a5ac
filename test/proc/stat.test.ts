import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasExited, parseStat, readStat } from "../../src/proc/stat.js";
import { frozen } from "./frozen.js";

function statLine(name: string, state = "S", flags = 4194560): string {
  const tail =
    "34816 -1 4194560 40638 583892 0 621 103 389 1371 794 20 0 11 0 194392 51073024 4678 1844 1 1 0 0 0";
  return `4242 (${name}) ${state} 1 4241 4240 ${tail.replace("4194560", String(flags))}\n`;
}

describe("parseStat", () => {
  it("takes each field from its place", () => {
    expect(parseStat(statLine("node"))).toEqual({
      pid: 4242,
      name: "node",
      state: "S",
      ppid: 1,
      pgid: 4241,
      sid: 4240,
      exiting: false,
      ttyNr: 34816,
      utimeTicks: 103,
      stimeTicks: 389,
      startTicks: 194392,
      threads: 11,
      rssPages: 4678,
    });
  });

  it("finds the end of the name whatever the name", () => {
    const reference = parseStat(statLine("node"));
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 15 }), (name) => {
        expect(parseStat(statLine(name))).toEqual({ ...reference, name });
      }),
      { examples: [[") S 1 2 3 ("], ["a) (b\nS 1 1"], [")"], ["("], [""], [" "], [") "]] },
    );
  });

  it("never gives a wrong value for a line that is cut short", () => {
    const whole = statLine("node");
    for (let length = 0; length < whole.length; length += 1) {
      expect([undefined, parseStat(whole)]).toContainEqual(parseStat(whole.slice(0, length)));
    }
    expect(parseStat(whole.slice(0, whole.indexOf(" 4678") + 3))).toBeUndefined();
  });

  it.each(["", "\n", "4242", "(node) S 1", "x (node) S 1 2 3", "4242 (node) 7 1 1 1"])(
    "takes %j for no stat line",
    (text) => {
      expect(parseStat(text)).toBeUndefined();
    },
  );

  it.each(["x (node) S", "4242 (node) 7", "4242 node S", "4242 (node) SS"])(
    "refuses a line that begins %j",
    (start) => {
      expect(parseStat(statLine("node").replace("4242 (node) S", start))).toBeUndefined();
    },
  );

  it("knows a thread that is exiting by its flag", () => {
    expect(parseStat(statLine("node", "R", 4227084))?.exiting).toBe(true);
  });
});

describe("hasExited", () => {
  it.each([
    ["Z", 1, true],
    ["X", 1, true],
    ["Z", 0, true],
    ["Z", 2, false],
    ["S", 1, false],
    ["D", 1, false],
  ])("%s with %i threads: %s", (state, threads, expected) => {
    expect(hasExited({ state, threads })).toBe(expected);
  });
});

describe("readStat", () => {
  it("reads a name with brackets, a newline and a state in it", () => {
    const stat = readStat(frozen("server"), 4242);
    expect(stat).toMatchObject({ ok: true, value: { name: "a) (b\nS 1 1", state: "S", startTicks: 194392 } });
  });

  it("quotes a malformed line in the gap, and cuts it", () => {
    const root = frozen("malformed");
    const why = "malformed: 4242 (node) S 1 4242 4242 0 -1 4194560 40638 58\n";
    expect(readStat(root, 4242)).toEqual({ ok: false, gap: { what: `${root}/4242/stat`, why, pid: 4242 } });
  });

  it("names a process that is no more", () => {
    const root = frozen("server");
    expect(readStat(root, 5)).toEqual({ ok: false, gap: { what: `${root}/5/stat`, why: "ENOENT", pid: 5 } });
  });
});
