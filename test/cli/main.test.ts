import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.js";
import { tell } from "../../src/cli/problems.js";
import { brokeProblem, usageProblem } from "../../src/model/problem.js";
import { fakeHost } from "./fake-host.js";
import { cleanUpAfterEach, eventually, tempFolder } from "./rig.js";

cleanUpAfterEach();

describe("what went wrong", () => {
  it("is told as what, why and fix, further lines under the first", () => {
    const { host, stderr } = fakeHost();
    expect(tell(host, usageProblem({ what: "no", why: "because\nof this", fix: "do\nthat" }))).toBe(2);
    expect(stderr()).toBe("watertight: no\n  why: because\n       of this\n  fix: do\n       that\n");
  });

  it("is told without why and fix where there are none", () => {
    const { host, stderr } = fakeHost();
    expect(tell(host, brokeProblem({ what: "no" }))).toBe(4);
    expect(stderr()).toBe("watertight: no\n");
  });

  it.each([new Error("oops"), "oops"])("with a stack where it is a bug, and never exit 1: %s", (thrown) => {
    const { host, stderr } = fakeHost();
    expect(tell(host, thrown)).toBe(4);
    expect(stderr()).toMatch(/^watertight: this is a bug in watertight, please report it\n {2}.*oops/);
  });
});

describe("main", () => {
  it("exits with 4, not with Node's 1, for what nobody catches", async () => {
    const { host, crash, signal, stdout, stderr, exits } = fakeHost({ cwd: tempFolder() });
    const code = main(["gateway", "--folder", "docs"], host);
    await eventually(() => stdout() !== "", "the gateway");
    crash(new Error("oops"));
    expect(exits).toEqual([4]);
    expect(stderr()).toContain("this is a bug in watertight");
    signal("SIGTERM");
    expect(await code).toBe(0);
  });

  it("leaves no handler behind", async () => {
    const { host, handlers } = fakeHost();
    await main(["list"], host);
    expect(handlers()).toBe(0);
  });
});
