import { describe, expect, it } from "vitest";
import { debuggerUrl } from "../../src/probe/find-inspector.js";

describe("debuggerUrl", () => {
  it("takes the path of the first Node target", () => {
    const list = [{ type: "page" }, { type: "node", webSocketDebuggerUrl: "ws://127.0.0.1:9229/ab-c" }];
    expect(debuggerUrl(4000, list)).toBe("ws://127.0.0.1:4000/ab-c");
  });

  it("does not go to another host", () => {
    const list = [{ type: "node", webSocketDebuggerUrl: "ws://example.com:80/x" }];
    expect(debuggerUrl(4000, list)).toBe("ws://127.0.0.1:4000/x");
  });

  it.each([
    [null],
    [{}],
    [[]],
    [["node"]],
    [[{ type: "node" }]],
    [[{ type: "node", webSocketDebuggerUrl: "x" }]],
  ])("knows no inspector in %j", (list) => {
    expect(debuggerUrl(4000, list)).toBeUndefined();
  });
});
