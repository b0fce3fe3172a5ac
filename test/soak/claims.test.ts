import { describe, expect, it } from "vitest";
import { claimAgainst } from "../../src/soak/claims.js";
import type { Seen } from "../../src/soak/outside.js";

const idle: Seen = { connections: 0, opened: false, runNs: 0 };
const claimed = { landed: 1000, failed: 0 };

describe("what an engine says is not believed", () => {
  it("when the target did nothing, and accepted nothing", () => {
    const why = "the target accepted no connection and used 0.0 ms of processor time";
    expect(claimAgainst(claimed, idle)).toBe(why);
  });

  it("when others in the network namespace accepted connections meanwhile", () => {
    expect(claimAgainst(claimed, { ...idle, connections: 40, runNs: 900_000 })).toBe(
      "the target was never seen with a connection open and used 0.9 ms of processor time",
    );
  });

  it("when its fds cannot be read, but nobody was let in", () => {
    expect(claimAgainst(claimed, { ...idle, opened: undefined })).toContain("accepted no connection");
  });
});

describe("what an engine says is believed", () => {
  it.each<[string, Seen]>([
    ["one connection that is kept serves them all", { connections: 1, opened: true, runNs: 1000 }],
    [
      "short ones are missed, but take the target its time",
      { connections: 1000, opened: false, runNs: 30_000_000 },
    ],
    ["they come by a Unix socket", { connections: 0, opened: true, runNs: 500_000 }],
    ["a process of the target's ended", { connections: 5, opened: false, runNs: Number.POSITIVE_INFINITY }],
    ["nothing of the target can be read", { connections: undefined, opened: undefined, runNs: 0 }],
  ])("where %s", (_, seen) => expect(claimAgainst(claimed, seen)).toBeUndefined());

  it("where it says that it did nothing", () => {
    expect(claimAgainst({ landed: 0, failed: 9 }, idle)).toBeUndefined();
  });
});
