import { describe, expect, it } from "vitest";
import { valueOf } from "../../src/model/reading.js";
import { parseCmdline, readCmdline } from "../../src/proc/cmdline.js";
import { environHas, readEnviron } from "../../src/proc/environ.js";
import { readLimits } from "../../src/proc/limits.js";
import { parseSmapsRollup, readMemory } from "../../src/proc/memory.js";
import { catchesSignal, parseStatus, readStatus } from "../../src/proc/status.js";
import { frozen } from "./frozen.js";

const server = frozen("server");
const malformed = frozen("malformed");

function whyOf(reading: { ok: boolean; gap?: { why: string } }): string | undefined {
  return reading.ok ? undefined : reading.gap?.why;
}

describe("status", () => {
  it("reads ids, threads, memory and signals", () => {
    expect(valueOf(readStatus(server, 4242))).toEqual({
      uid: 1000,
      gid: 100,
      nsPids: [4242, 7],
      threads: 11,
      rssBytes: 1660 * 1024,
      anonymousBytes: 112 * 1024,
      caughtSignals: 0x188004000n,
    });
  });

  it("gives a zombie no memory rather than none", () => {
    expect(valueOf(readStatus(server, 4243))).toMatchObject({
      rssBytes: undefined,
      anonymousBytes: undefined,
    });
  });

  it.each([
    [15, true],
    [28, true],
    [32, true],
    [33, true],
    [1, false],
    [10, false],
    [14, false],
    [16, false],
    [64, false],
  ])("signal %i has a handler: %s", (signal, expected) => {
    expect(catchesSignal({ caughtSignals: 0x188004000n }, signal)).toBe(expected);
  });

  it("counts the bits beyond 53 too", () => {
    expect(catchesSignal({ caughtSignals: 0x8000000000000000n }, 64)).toBe(true);
  });

  it.each(["Uid", "Gid", "Threads", "SigCgt"])("is malformed without %s", (key) => {
    const text = "Uid:\t0\t0\nGid:\t0\t0\nThreads:\t1\nSigCgt:\t00\n";
    expect(parseStatus(text)).toBeDefined();
    expect(parseStatus(text.replace(key, "Other"))).toBeUndefined();
  });
});

describe("limits", () => {
  it("reads soft and hard", () => {
    expect(valueOf(readLimits(server, 4242))).toEqual({
      openFiles: { soft: 1024, hard: 1048576 },
      processes: { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY },
    });
    expect(valueOf(readLimits(server, 4251))).toEqual({
      openFiles: { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY },
      processes: { soft: 96365, hard: 96365 },
    });
  });

  it("quotes at most 80 characters of what is malformed", () => {
    expect(whyOf(readLimits(malformed, 4250))).toBe(`malformed: ${"x".repeat(80)}`);
  });
});

describe("cmdline", () => {
  it("splits at NUL", () => {
    expect(valueOf(readCmdline(server, 4242))).toEqual(["node", "server.js", "--port=8080"]);
  });

  it.each([
    ["", []],
    ["sh\0-c\0a b\0", ["sh", "-c", "a b"]],
    ["sh\0\0x\0", ["sh", "", "x"]],
    ["nginx: worker\0\0\0\0", ["nginx: worker"]],
    ["title without an end", ["title without an end"]],
  ])("%j → %j", (text, words) => {
    expect(parseCmdline(text)).toEqual(words);
  });
});

describe("environ", () => {
  it("reads the variables, the first of a name", () => {
    const expected = { PATH: "/usr/bin", WATERTIGHT_RUN: "r1", EMPTY: "" };
    expect(Object.fromEntries(valueOf(readEnviron(server, 4242)) ?? [])).toEqual(expected);
  });

  it.each([
    ["WATERTIGHT_RUN=r1", true],
    ["PATH=/usr/bin", true],
    ["PATH=/second", true],
    ["WATERTIGHT_RUN=r", false],
    ["RUN=r1", false],
    ["WATERTIGHT_RUN=r12", false],
  ])("has %s: %s", (entry, expected) => {
    expect(environHas(server, 4242, entry)).toBe(expected);
  });

  it("does not have what cannot be read", () => {
    expect(environHas(server, 1, "PATH=/usr/bin")).toBe(false);
    expect(whyOf(readEnviron(server, 1))).toBe("ENOENT");
  });
});

describe("memory", () => {
  it("prefers smaps_rollup", () => {
    expect(valueOf(readMemory(server, 4242))).toEqual({
      rssBytes: 2048 * 1024,
      pssBytes: 327 * 1024,
      anonymousBytes: 128 * 1024,
    });
  });

  it("falls back to status, which has no Pss", () => {
    expect(valueOf(readMemory(server, 4251))).toEqual({ rssBytes: 1660 * 1024, anonymousBytes: 112 * 1024 });
  });

  it("names the gap where neither has it", () => {
    expect(whyOf(readMemory(server, 4243))).toBe("no VmRSS");
    expect(whyOf(readMemory(malformed, 4242))).toBe("malformed: Name:\tnode\n");
    expect(whyOf(readMemory(server, 5))).toBe("ENOENT");
  });

  it.each(["Rss", "Pss", "Anonymous"])("is malformed without %s", (key) => {
    const text = "Rss: 1 kB\nPss: 1 kB\nAnonymous: 0 kB\n";
    expect(parseSmapsRollup(text)).toEqual({ rssBytes: 1024, pssBytes: 1024, anonymousBytes: 0 });
    expect(parseSmapsRollup(text.replace(`${key}:`, "Other:"))).toBeUndefined();
  });
});
