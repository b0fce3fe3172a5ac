import { describe, expect, it } from "vitest";
import { Problem } from "../../../src/model/problem.js";
import { askedReporters } from "../../../src/cli/reporters/asked.js";

const people = { name: "default", destination: undefined };
const github = { name: "github", destination: undefined, toStderr: true };

function thrown(words: readonly string[]): Partial<Problem> {
  try {
    askedReporters(words, "/project");
  } catch (error) {
    if (error instanceof Problem) return { message: error.message, fix: error.fix, exitCode: error.exitCode };
  }
  return {};
}

describe("askedReporters", () => {
  it.each([
    ["nothing", [], [people]],
    ["one for stdout in place of that for people", ["json"], [{ name: "json", destination: undefined }]],
    ["a file beside it", ["junit=out/x.xml"], [people, { name: "junit", destination: "/project/out/x.xml" }]],
    ["a file with = in its name", ["sarif=a=b"], [people, { name: "sarif", destination: "/project/a=b" }]],
    [
      "an address, which is no path",
      ["otlp=http://collector:4318"],
      [people, { name: "otlp", destination: "http://collector:4318" }],
    ],
    ["a module, which has stdout", ["./mine.js"], [{ name: "./mine.js", destination: undefined }]],
    [
      "one of a kind for each file",
      ["json=a", "json=b", "ndjson"],
      [
        { name: "json", destination: "/project/a" },
        { name: "json", destination: "/project/b" },
        { name: "ndjson", destination: undefined },
      ],
    ],
  ])("takes %s", (_, words, asked) => expect(askedReporters(words, "/project")).toEqual(asked));

  it.each([
    [["json", "markdown"], "two reporters for stdout: json and markdown", /--reporter markdown=FILE/],
    [
      ["json=a.txt", "junit=./a.txt"],
      "two reporters for /project/a.txt: json and junit",
      /--reporter junit=FILE/,
    ],
    [["junot"], "there is no reporter junot", /did you mean junit/],
    [["junit="], "--reporter junit= names no file", /junit=FILE/],
    [[""], "there is no reporter without a name", /by its path/],
  ])("%j is refused", (words, message, fix) => {
    expect(thrown(words)).toEqual({ message, fix: expect.stringMatching(fix), exitCode: 2 });
  });

  it("brings the annotations along in a workflow of GitHub, on stderr, unless they were asked for", () => {
    const env = { GITHUB_ACTIONS: "true" };
    expect(askedReporters(["json"], "/project", env)).toEqual([
      { name: "json", destination: undefined },
      github,
    ]);
    expect(askedReporters(["github"], "/project", env)).toEqual([{ name: "github", destination: undefined }]);
    expect(askedReporters([], "/project", { GITHUB_ACTIONS: "false" })).toEqual([people]);
  });
});
