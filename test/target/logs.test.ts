import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepLogs } from "../../src/target/logs.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "watertight-logs-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function streams(): { stdout: PassThrough; stderr: PassThrough } {
  return { stdout: new PassThrough(), stderr: new PassThrough() };
}

test("bytes are kept on disk as they came, and shown inert", async () => {
  const { stdout, stderr } = streams();
  const logs = keepLogs(folder, { stdout, stderr });
  const bytes = Buffer.from([0xff, 0x1b, 0x5b, 0x6d, 0x0a]);
  stdout.end(bytes);
  stderr.write("no end of line");
  stderr.end();
  await logs.ended;
  expect(readFileSync(logs.stdoutPath)).toEqual(bytes);
  expect(logs.tail(10)).toEqual(["\ufffd\\x1b[m", "no end of line"]);
  expect(logs.tail(1)).toEqual(["no end of line"]);
  expect(logs.notes).toEqual([]);
});

test("what was read and what is on disk is counted", async () => {
  const { stdout, stderr } = streams();
  const logs = keepLogs(folder, { stdout, stderr });
  expect(logs.moved()).toBe(0);
  stdout.end("12345\n");
  stderr.end("678\n");
  await logs.ended;
  expect(logs.moved()).toBe(2 * 10);
});

test("a character that is cut between two chunks stays whole", async () => {
  const { stdout, stderr } = streams();
  const logs = keepLogs(folder, { stdout, stderr });
  const [euro, rest] = [Buffer.from("€\n").subarray(0, 2), Buffer.from("€\n").subarray(2)];
  stdout.write(euro);
  stdout.end(rest);
  stderr.end();
  await logs.ended;
  expect(logs.tail(10)).toEqual(["€"]);
});

test("a full disk leaves a note, and the target is read on", async () => {
  symlinkSync("/dev/full", join(folder, "target.stdout.log"));
  const { stdout, stderr } = streams();
  const logs = keepLogs(folder, { stdout, stderr });
  for (let n = 0; n < 300; n += 1) {
    if (!stdout.write(`${"x".repeat(1000)}\n`)) await new Promise((resolve) => stdout.once("drain", resolve));
  }
  stdout.end("last\n");
  stderr.end();
  await logs.ended;
  expect(logs.tail(1)).toEqual(["last"]);
  expect(logs.notes).toHaveLength(1);
  expect(logs.notes[0]).toContain("ENOSPC");
});

test("a folder that is not there leaves a note for each file", async () => {
  const { stdout, stderr } = streams();
  const logs = keepLogs(join(folder, "gone"), { stdout, stderr });
  stdout.end("a\n");
  stderr.end("b\n");
  await logs.ended;
  expect(logs.notes).toHaveLength(2);
  expect(logs.tail(2).sort()).toEqual(["a", "b"]);
});

test("a pattern matches an earlier line, one that has scrolled away, and one without an end", () => {
  const { stdout, stderr } = streams();
  const logs = keepLogs(folder, { stdout, stderr });
  const never = logs.matched(/never/);
  stdout.write("first\n");
  const first = logs.matched(/^first$/g);
  const early = logs.matched(/^early$/);
  stdout.write(`early\n${"x\n".repeat(500)}pend`);
  expect([first(), first(), early(), logs.matched(/pend/)(), never()]).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
  logs.close();
});

test("of a flood the beginning and the end are kept on disk, and a note says how much is not", async () => {
  const { stdout, stderr } = streams();
  const logs = keepLogs(folder, { stdout, stderr }, { firstBytes: 10, lastBytes: 5 });
  for (let n = 0; n < 10; n += 1) stdout.write("0123456");
  stdout.end("THE END");
  stderr.end("12345678901234");
  await logs.ended;
  expect(readFileSync(logs.stdoutPath, "utf8")).toBe(
    "0123456012\n[watertight: 62 B are left out here]\nE END",
  );
  expect(readFileSync(logs.stderrPath, "utf8")).toBe("12345678901234");
  expect(logs.notes).toEqual([
    `62 B of the target's output are left out of ${logs.stdoutPath}: it printed more than the first 10 B and the last 5 B that are kept`,
  ]);
  expect(logs.tail(2)).toEqual(["12345678901234", "0123456".repeat(10) + "THE END"].toReversed());
});

test("the first of the last lines is whole", async () => {
  const { stdout, stderr } = streams();
  const logs = keepLogs(folder, { stdout, stderr });
  for (let n = 0; n < 2000; n += 1) stdout.write(`${n} ${"x".repeat(5000)}\n`);
  stdout.end();
  stderr.end();
  await logs.ended;
  const numbers = logs.tail(200).map((line) => Number.parseInt(line, 10));
  expect(numbers).toEqual(Array.from(numbers, (_, n) => 2000 - numbers.length + n));
  expect(numbers.length).toBeGreaterThan(100);
});
