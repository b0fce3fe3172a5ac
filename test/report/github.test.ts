import { assert, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { renderGithub, withoutCommands } from "../../src/report/github.js";
import { attributed } from "./finding-samples.js";
import { hostileText, saying } from "./hostile.js";
import { locate, reported } from "./reported.js";
import { broken, leaking, scenario, spreading } from "./samples.js";

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** As the runner reads a line of the log: the command, its properties, its data, each unescaped. */
function parsed(line: string): Command {
  const {
    name = "",
    words = "",
    data = "",
  } = /^::(?<name>\w+) (?<words>.*?)::(?<data>.*)$/.exec(line)?.groups ?? {};
  const properties = words.split(",").map((word): [string, string] => {
    const [key = "", value = ""] = word.split("=", 2);
    return [key, unescaped(value).replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%25", "%")];
  });
  return {
    name,
    properties: Object.fromEntries(properties),
    message: unescaped(data).replaceAll("%25", "%"),
  };
}

function unescaped(text: string): string {
  return text.replaceAll("%0D", "\r").replaceAll("%0A", "\n");
}

function commandsOf(text: string): Command[] {
  return text.trimEnd().split("\n").map(parsed);
}

describe("renderGithub", () => {
  it("is as it was, for every kind of result", async () => {
    const report = reported([attributed(), leaking(), broken(), spreading()], { skipped: ["later"] });
    await expect(renderGithub(report, locate)).toMatchFileSnapshot("golden/github.txt");
  });

  it("says nothing of a pass", () => {
    expect(renderGithub(reported([scenario()]), locate)).toBe("");
  });

  it("stands at the line where it is made, where that is in the repository, else at the scenario", () => {
    const [found] = commandsOf(renderGithub(reported([attributed()]), locate));
    expect(found?.properties).toEqual({
      file: "src/gateway/plants/pty.ts",
      line: "23",
      col: "11",
      title: "goose-churn leaks ptys: PTY master /dev/ptmx",
    });
    const [elsewhere] = commandsOf(renderGithub(reported([leaking()]), locate));
    expect(elsewhere?.properties["file"]).toBe("soak/error-storm.yaml");
    const [nowhere] = commandsOf(renderGithub(reported([leaking()]), () => undefined));
    expect(Object.keys(nowhere?.properties ?? {})).toEqual(["title"]);
  });

  it("shows ten of a kind, and says how many more there are", () => {
    const commands = commandsOf(renderGithub(reported(Array.from({ length: 14 }, () => leaking())), locate));
    expect(commands.map(({ name }) => name)).toEqual([
      ...Array(10).fill("error"),
      ...Array(10).fill("warning"),
    ]);
    expect(commands[9]?.message).toMatch(/\nand 4 more: see the summary$/);
  });

  it("gives back what was said: a line is a command, and none of it is another one", () => {
    assert(
      property(hostileText, (text) => {
        const report = reported(saying(text), { skipped: [text] });
        const lines = renderGithub(report, () => `a,b:c%${text}`)
          .trimEnd()
          .split("\n");
        expect(lines.every((line) => /^::(error|warning) (file=[^:]*,)?title=[^:]*::/.test(line))).toBe(true);
        expect(lines.join("")).not.toMatch(/[\u0000-\u001f\u202e]/);
        for (const { properties } of lines.map(parsed)) {
          expect(properties["file"]?.startsWith("a,b:c%") ?? true).toBe(true);
          expect(properties["title"]).not.toBe("");
          const others = Object.keys(properties).filter((key) => !/^(file|line|col|title)$/.test(key));
          expect(others).toEqual([]);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("withoutCommands", () => {
  it.each([
    ["::error::pwned", String.raw`\x3a:error::pwned`],
    ["  ::add-mask::a\n::x::", `  ${String.raw`\x3a`}:add-mask::a\n${String.raw`\x3a`}:x::`],
    ["a ##[error]b", String.raw`a #\x23[error]b`],
    ["src::main at 12:30", "src::main at 12:30"],
  ])("%j is no command any more", (text, shown) => expect(withoutCommands(text)).toBe(shown));
});
