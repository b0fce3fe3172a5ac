import { anything, assert, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { nowhere, readOrigins } from "../../src/probe/origins.js";
import { readSampledHeap } from "../../src/probe/sampled-heap.js";

const answered = (value: unknown): unknown => ({ result: { value } });

describe("the answer of the preload", () => {
  it("is read with its modules named by path", () => {
    const stack = [{ name: "leak", file: "file:///srv/a%20b.js", line: 3, column: 9 }];
    const groups = [{ kind: "fd", count: 2, ids: [20, 21], stack }];
    expect(readOrigins(answered({ groups, home: "file:///w/trace/", dropped: 4 }))).toEqual({
      groups: [{ kind: "fd", count: 2, ids: [20, 21], stack: [{ ...stack[0], file: "/srv/a b.js" }] }],
      home: "file:///w/trace/",
      dropped: 4,
    });
  });

  it.each([null, undefined])("is that nobody is there: %s", (value) => {
    expect(readOrigins(answered(value))).toBeUndefined();
  });

  it.each([7, "groups", {}, { groups: 3 }, { groups: { length: 1 } }])("is malformed: %j", (value) => {
    expect(() => readOrigins(answered(value))).toThrow("malformed");
  });

  it.each([
    { kind: "secret", count: 1, stack: [] },
    { kind: "fd", count: -1, stack: [] },
    { kind: "fd", count: "many", stack: [] },
    { kind: "fd", count: 1, stack: "here" },
    null,
  ])("leaves out a group that is not one: %j", (group) => {
    expect(readOrigins(answered({ groups: [group] }))).toEqual({ groups: [], home: nowhere, dropped: 0 });
  });

  it("is bounded, however much there is of it", () => {
    const stack = Array.from({ length: 1000 }, () => ({ file: "x".repeat(10_000), line: 1, column: 1 }));
    const ids = Array.from({ length: 50_000 }, (_, id) => id);
    const groups = Array.from({ length: 5000 }, () => ({ kind: "fd", count: 1, ids, stack }));
    const read = readOrigins(answered({ groups }))?.groups ?? [];
    expect(read).toHaveLength(1000);
    expect(read.flatMap((group) => group.ids ?? [])).toHaveLength(20_000);
    expect(read[0]?.stack).toHaveLength(64);
    expect(read[0]?.stack[0]?.file).toHaveLength(500);
  });

  it("never breaks what reads it", () => {
    assert(
      property(anything(), (value) => {
        const { groups } = readOrigins(answered({ groups: [value] })) ?? { groups: [] };
        expect(groups.length).toBeLessThanOrEqual(1);
        readSampledHeap({ profile: { head: value } }, nowhere);
      }),
    );
  });
});

describe("a sampled heap", () => {
  const at = (
    url: string,
    functionName: string,
    [selfSize, ...children]: [number, ...unknown[]],
  ): unknown => ({
    callFrame: { functionName, url, lineNumber: 4, columnNumber: 2, scriptId: "1" },
    selfSize,
    children,
  });

  it("is told by stack, those with most bytes first, without the frames of Node and of the tracing", () => {
    const few = at("file:///a.js", "few", [100]);
    const most = at("file:///a.js", "most", [300, at("node:fs", "openSync", [50])]);
    const tracing = at("file:///w/trace/stack.js", "captureStack", [9000]);
    const head = at("", "(root)", [10, few, at("/b.cjs", "", [0, most, tracing])]);
    const frame = { line: 5, column: 3 };
    expect(readSampledHeap({ profile: { head } }, "file:///w/trace/")).toEqual([
      {
        kind: "memory",
        bytes: 350,
        count: 2,
        stack: [
          { ...frame, name: "most", file: "/a.js" },
          { ...frame, file: "/b.cjs" },
        ],
      },
      { kind: "memory", bytes: 100, count: 1, stack: [{ ...frame, name: "few", file: "/a.js" }] },
    ]);
  });

  it("ends on a tree without end", () => {
    const node: { children: unknown[] } & Record<string, unknown> = { children: [] };
    node.children.push(node, node);
    expect(readSampledHeap({ profile: { head: node } }, nowhere)).toEqual([]);
  });
});
