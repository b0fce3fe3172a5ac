import { describe, expect, it } from "vitest";
import { attachmentText, parseAttachment } from "../../src/target/attachment.js";

it.each(["pid:1", "pid:4194304", "port:1", "port:65535"])("%s is read, and told as it was typed", (text) => {
  const to = parseAttachment(text);
  expect(to && attachmentText(to)).toBe(text);
});

describe("what names no process", () => {
  it.each([
    "",
    "4127",
    "pid:",
    "pid:0",
    "pid:-1",
    "pid:1.5",
    "pid:4194305",
    "port:0",
    "port:65536",
    "name:nginx",
  ])("'%s'", (text) => expect(parseAttachment(text)).toBeUndefined());
});
