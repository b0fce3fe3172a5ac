import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as fc from "fast-check";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readHistory } from "../../src/history/folder.js";
import { importHistory } from "../../src/history/import.js";
import { pruneHistory } from "../../src/history/prune.js";
import { header, readSegment } from "../../src/history/segment.js";
import { segmentFileName } from "../../src/history/segment-name.js";
import { HistoryWriter } from "../../src/history/writer.js";
import type { HistoryEntry } from "../../src/model/history.js";
import { entry } from "./sample-nights.js";

let folder: string;
let names = 0;
const nextName = (): string => segmentFileName(Date.UTC(2026, 8, 1), String(++names).padStart(8, "0"));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "watertight-history-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function made(night: number, id = `e${night}`): HistoryEntry {
  return entry({ night, criteria: { fds: { verdict: "pass" } }, more: { id } });
}

async function written(entries: readonly HistoryEntry[], into = folder): Promise<HistoryWriter> {
  mkdirSync(into, { recursive: true });
  const writer = new HistoryWriter(into, nextName);
  for (const each of entries) await writer.append(each);
  return writer;
}

async function idsIn(path = folder): Promise<string[]> {
  return (await readHistory(path)).entries.map(({ id }) => id);
}

function onlyFile(): string {
  const [file, ...others] = readdirSync(folder);
  if (file === undefined || others.length > 0) throw new Error("not one file");
  return join(folder, file);
}

describe("a history folder", () => {
  it("gives back what was appended, whole, in the order of time", async () => {
    const entries = [made(2), made(1), made(3)];
    await (await written(entries)).close();
    expect((await readHistory(folder)).entries).toEqual([made(1), made(2), made(3)]);
  });

  it("that is not there yet is empty", async () => {
    expect(await readHistory(join(folder, "a", "b"))).toEqual({ entries: [], notes: [], files: [] });
  });

  it("takes two writers, each with a file of its own", async () => {
    const [one, other] = [await written([made(1)]), await written([made(2)])];
    await Promise.all([one.append(made(3)), other.append(made(4))]);
    await Promise.all([one.close(), other.close()]);
    expect(await idsIn()).toEqual(["e1", "e2", "e3", "e4"]);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it("cut off at any byte loses only the line that was cut, and says so", async () => {
    await (await written([made(1), made(2)])).close();
    const whole = readFileSync(onlyFile(), "utf8");
    const ends = [...whole.matchAll(/\n/g)].map(({ index }) => index);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length }), (length) => {
        const { isHistory, entries, notes, passedOver } = readSegment(whole.slice(0, length));
        // A line without its line break is whole all the same.
        const lines = ends.filter((end) => end <= length).length;
        expect([isHistory, passedOver, entries.length]).toEqual([true, 0, Math.max(0, lines - 1)]);
        const isCut = length > 0 && !ends.includes(length) && !ends.includes(length - 1);
        expect(notes.length).toBe(Number(isCut || length === ends[0]));
      }),
    );
  });

  it("passes over lines of a newer version, damaged ones and files of something else, and says so", async () => {
    await (await written([made(1)])).close();
    appendFileSync(onlyFile(), `{"version":2,"id":"later"}\nhello\n{"version":1,"id":"half"}\n`);
    writeFileSync(join(folder, "other.ndjson"), "{}\n");
    writeFileSync(join(folder, "notes.txt"), "not looked at");
    const { entries, notes } = await readHistory(folder);
    expect(entries.map(({ id }) => id)).toEqual(["e1"]);
    expect(notes.map((note) => note.replace(/^\d\S+: /, ""))).toEqual([
      "1 line of a newer version passed over; update watertight to see them",
      "2 lines damaged and passed over, the first of them line 4",
      "other.ndjson: no file of a history, passed over",
    ]);
  });

  it.each([
    ["a night that the calendar has not", { night: "2026-02-30" }],
    ["no text", { target: 7 }],
    ["a verdict of another kind", { verdict: "maybe" }],
    ["an infinite number", { durationMs: null }],
    ["a criterion that is none", { criteria: [{ id: "cpu", verdict: "pass", unit: "count" }] }],
    ["a finding that is none", { findings: [7] }],
    ["half a quarantine", { quarantine: { reason: "known" } }],
    ["half a rate", { criteria: [{ id: "fds", verdict: "pass", unit: "count", rate: { rate: 1 } }] }],
  ])("takes no entry with %s", (_, more) => {
    const { entries, passedOver } = readSegment(`${header}${JSON.stringify({ ...made(1), ...more })}\n`);
    expect([entries.length, passedOver]).toEqual([0, 1]);
  });

  it("that cannot be written is told with what to do, and what is in it stays", async () => {
    const writer = new HistoryWriter("/proc/self", nextName);
    await expect(writer.append(made(1))).rejects.toMatchObject({
      message: "cannot write to the history /proc/self",
      exitCode: 4,
    });
  });

  it("with no room left: the error says so, half a line is taken back, and what was there is whole", async () => {
    // A limit on the size of files cuts a write off as a full disk does.
    const fixture = resolve("test/fixtures/history/append.mjs");
    const { stdout } = await promisify(execFile)("bash", [
      "-c",
      `ulimit -f 8; exec node ${fixture} ${folder} 20`,
    ]);
    const told = stdout.trim().split("\n");
    const written = told.filter((line) => !line.includes("cannot"));
    expect(told.at(-1)).toMatch(/^cannot write to the history .*: EFBIG/);
    expect(written.length).toBeGreaterThan(3);
    expect(await readHistory(folder)).toMatchObject({ notes: [] });
    expect(await idsIn()).toEqual(written);
  });
});

it("two writers killed in the midst of it: nothing that was acknowledged is lost, nothing is there twice", async () => {
  const fixture = resolve("test/fixtures/history/append.mjs");
  const children = [0, 1].map(() =>
    spawn(process.execPath, [fixture, folder, "100000"], { stdio: ["ignore", "pipe", "inherit"] }),
  );
  const said = children.map(({ stdout }) => {
    const texts: string[] = [];
    stdout.setEncoding("utf8").on("data", (text: string) => texts.push(text));
    return texts;
  });
  const closed = children.map((child) => once(child, "close"));
  while (said.some((texts) => texts.length < 5)) await pause(5);
  for (const child of children) child.kill("SIGKILL");
  await Promise.all(closed);
  const acknowledged = said.flatMap((texts) => texts.join("").split("\n").slice(0, -1));
  const found = await idsIn();
  expect(acknowledged.filter((id) => !found.includes(id))).toEqual([]);
  expect(new Set(found).size).toBe(found.length);
  expect(found.length).toBeLessThanOrEqual(acknowledged.length + 2);
});

describe("import", () => {
  it("adds what is missing, from folders below and from files, once", async () => {
    const elsewhere = join(folder, "artifact");
    await (await written([made(1), made(2)], join(elsewhere, "job-1", "history"))).close();
    await (await written([made(2), made(3)], join(elsewhere, "job-2"))).close();
    const here = join(folder, "here");
    await (await written([made(1)], here)).close();
    const importing = { folder: here, sources: [elsewhere], nextName };
    expect(await importHistory(importing)).toEqual({ added: 2, known: 1, notes: [] });
    expect(await importHistory(importing)).toEqual({ added: 0, known: 3, notes: [] });
    expect(await idsIn(here)).toEqual(["e1", "e2", "e3"]);
    expect(readdirSync(here).every((name) => name.endsWith(".ndjson"))).toBe(true);
  });

  it.each([
    ["what is not there", "nowhere", /^cannot read /],
    ["a folder without a history", "empty", /^there is no history in /],
    ["a file of something else", "record", /^there is no history in /],
  ])("says what is wrong with %s", async (_, name, message) => {
    mkdirSync(join(folder, "empty"));
    writeFileSync(join(folder, "record"), "{}\n");
    const importing = { folder: join(folder, "here"), sources: [join(folder, name)], nextName };
    await expect(importHistory(importing)).rejects.toMatchObject({
      message: expect.stringMatching(message),
      exitCode: 2,
    });
  });
});

describe("prune", () => {
  const keepsFrom =
    (night: number) =>
    (each: HistoryEntry): boolean =>
      each.night >= made(night).night;

  it("keeps what it is told to, in one file", async () => {
    await (await written([made(1), made(2)])).close();
    await (await written([made(3), made(3)])).close();
    expect(await pruneHistory({ folder, keeps: keepsFrom(2), nextName })).toEqual({ kept: 2, removed: 1 });
    expect(await idsIn()).toEqual(["e2", "e3"]);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it("of everything leaves an empty folder", async () => {
    await (await written([made(1)])).close();
    expect(await pruneHistory({ folder, keeps: () => false, nextName })).toEqual({ kept: 0, removed: 1 });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leaves alone a file that a newer version has written to", async () => {
    await (await written([made(1)])).close();
    appendFileSync(onlyFile(), `{"version":2,"id":"later"}\n`);
    expect(await pruneHistory({ folder, keeps: () => false, nextName })).toEqual({ kept: 0, removed: 0 });
    expect(readFileSync(onlyFile(), "utf8")).toContain("later");
  });

  it("while somebody appends loses nothing of it", async () => {
    const writer = await written([made(1), made(2)]);
    const appended = (async () => {
      for (let night = 3; night <= 60; night++) await writer.append(made(night));
    })();
    for (let round = 0; round < 20; round++) await pruneHistory({ folder, keeps: keepsFrom(2), nextName });
    await appended;
    await writer.close();
    expect((await idsIn()).toSorted()).toEqual(
      Array.from({ length: 59 }, (_, index) => `e${index + 2}`).toSorted(),
    );
  });

  it("ended in between leaves entries twice, which count once; the next one clears up", async () => {
    await (await written([made(1), made(2)])).close();
    const text = readFileSync(onlyFile(), "utf8");
    writeFileSync(`${onlyFile()}.old`, text);
    expect(await idsIn()).toEqual(["e1", "e2"]);
    await pruneHistory({ folder, keeps: keepsFrom(2), nextName });
    expect(await idsIn()).toEqual(["e2"]);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it("by two at once loses nothing", async () => {
    for (let night = 1; night <= 12; night++) await (await written([made(night)])).close();
    const prune = (): Promise<unknown> => pruneHistory({ folder, keeps: keepsFrom(4), nextName });
    await Promise.all([prune(), prune(), prune()]);
    expect((await idsIn()).filter((id) => Number(id.slice(1)) >= 4)).toHaveLength(9);
  });
});
