import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { argumentsFor, parseAgentCommand } from "../../src/gateway/agent-command.js";
import { GatewayOptionError } from "../../src/gateway/gateway-option-error.js";

describe("parseAgentCommand", () => {
  it.each([
    ["goose run ?", { command: "goose", args: ["run", "?"], pty: true }],
    ["/opt/bin/goose run ?", { command: "/opt/bin/goose", args: ["run", "?"], pty: true }],
    ["sh -c 'exit 3'", { command: "sh", args: ["-c", "exit 3"], pty: false }],
    ["mongoose ?", { command: "mongoose", args: ["?"], pty: false }],
  ])("splits %s", (text, parsed) => {
    expect(parseAgentCommand(text)).toEqual(parsed);
  });

  it.each(["", "   "])("refuses an empty command (%j)", (text) => {
    expect(() => parseAgentCommand(text)).toThrow(GatewayOptionError);
  });
});

describe("argumentsFor", () => {
  it("puts any prompt in as exactly one argument", () => {
    const agent = parseAgentCommand("goose run ? --quiet");
    fc.assert(
      fc.property(fc.string(), (prompt) => {
        expect(argumentsFor(agent, prompt)).toEqual(["run", prompt, "--quiet"]);
      }),
    );
  });

  it("leaves a ? inside a word alone, such as a shell's exit status", () => {
    const agent = parseAgentCommand("sh -c 'false; echo $?' ?");
    expect(argumentsFor(agent, "hi")).toEqual(["-c", "false; echo $?", "hi"]);
  });
});
