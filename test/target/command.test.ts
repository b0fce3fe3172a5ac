import { expect, test } from "vitest";
import { fillPlaceholders } from "../../src/target/command.js";

const values = { port: "8080", dir: "/tmp/a b", gateway: ["node", "serve.js"] };

test.each([
  [["{port}"], ["8080"]],
  [
    ["--listen=127.0.0.1:{port}", "{dir}/x"],
    ["--listen=127.0.0.1:8080", "/tmp/a b/x"],
  ],
  [
    ["{gateway}", "--port", "{port}"],
    ["node", "serve.js", "--port", "8080"],
  ],
  [["x{gateway}"], ["x{gateway}"]],
  [
    ["awk", "{print}", "{}", "{constructor}", "${port}"],
    ["awk", "{print}", "{}", "{constructor}", "$8080"],
  ],
  [[], []],
])("%j becomes %j", (words, filled) => {
  expect(fillPlaceholders(words, values)).toEqual(filled);
});

test("what a value holds is not filled again", () => {
  expect(fillPlaceholders(["{a}"], { a: "{b}", b: "x" })).toEqual(["{b}"]);
});
