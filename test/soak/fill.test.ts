import { describe, expect, it } from "vitest";
import { type Filling, fillTarget } from "../../src/soak/fill.js";
import { scenarioOf } from "./fakes.js";

function filling(target: object, parts: Partial<Filling> = {}): Filling {
  const values = { goose: "/opt/goose", dir: "/tmp/files" };
  return {
    scenario: scenarioOf({ target }),
    gateway: ["node", "watertight.js", "gateway"],
    plant: undefined,
    values,
    ...parts,
  };
}

describe("fillTarget", () => {
  it("puts port and paths into the command", () => {
    const { words, port } = fillTarget(
      filling({ command: "serve -p {port} --agent '{goose} run ?' {dir}" }),
      81,
    );
    expect(words).toEqual(["serve", "-p", "81", "--agent", "/opt/goose run ?", "/tmp/files"]);
    expect(port).toBe(81);
  });

  it("puts the reference gateway, its port and the plant in the place of {gateway}", () => {
    const { words } = fillTarget(filling({ command: "{gateway} --grace 1s" }, { plant: "fd:0.5" }), 81);
    const gateway = ["node", "watertight.js", "gateway", "--port", "81"];
    expect(words).toEqual([...gateway, "--grace", "1s", "--plant", "fd:0.5"]);
  });

  it("starts a program that does nothing in the place of {idle}, and waits for no port of it", () => {
    const { words, spec } = fillTarget(filling({ command: "{idle}", ready: { within: "3s" } }), 81);
    expect(words[0]).toBe("sleep");
    expect(spec.ready).toEqual({ how: { kind: "command", command: ["true"] }, withinMs: 3000 });
  });

  it("plants nothing in another server", () => {
    expect(fillTarget(filling({ command: "serve {port}" }, { plant: "fd" }), 81).words).toEqual([
      "serve",
      "81",
    ]);
  });

  it.each([
    [{ url: "http://127.0.0.1:{port}/up" }, { kind: "url", url: "http://127.0.0.1:81/up" }],
    [{ command: "check {port}" }, { kind: "command", command: ["check", "81"] }],
    [{ log: "listening" }, { kind: "log", pattern: "listening" }],
    [{ port: true }, { kind: "port" }],
  ])("fills what tells that the target is ready: %j", (ready, how) => {
    const { spec } = fillTarget(filling({ command: "serve {port}", ready: { ...ready, within: "3s" } }), 81);
    expect(spec.ready).toEqual({ how, withinMs: 3000 });
  });

  it("fills the address that the sessions go to", () => {
    expect(fillTarget(filling({ command: "serve {port}" }), 81).spec.url).toBe("ws://127.0.0.1:81");
  });
});
