import { describe, expect, it } from "vitest";
import { withLines } from "../../src/probe/source-lines.js";

const signal = new AbortController().signal;

describe("lines of binaries", () => {
  it("are left out where the binary tells none", async () => {
    const stack = [
      { name: "open", file: "/usr/lib/libc.so.6", address: 16 },
      { name: "main", file: "/nonexistent/server", address: 32 },
      { file: process.execPath, address: 1 },
    ];
    const groups = await withLines([{ kind: "fd", pid: 7, count: 1, ids: [3], stack }], signal);
    const frames = [
      { name: "open", file: "/usr/lib/libc.so.6" },
      { name: "main", file: "/nonexistent/server" },
      { file: process.execPath },
    ];
    expect(groups).toEqual([{ kind: "fd", pid: 7, count: 1, ids: [3], stack: frames }]);
  });
});
