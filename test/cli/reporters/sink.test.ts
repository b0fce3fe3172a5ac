import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { growingFileSink, requireWritable, wholeFileSink } from "../../../src/cli/reporters/sink.js";
import { cleanUpAfterEach, tempFolder } from "../rig.js";

cleanUpAfterEach();

function written(path: string): string {
  return readFileSync(path, "utf8");
}

describe("requireWritable", () => {
  it("makes the folder, and leaves nothing in it", () => {
    const folder = join(tempFolder(), "a", "b");
    requireWritable(join(folder, "out.xml"));
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ["a folder", (folder: string) => folder, "it is a folder"],
    ["a file in a file", (folder: string) => join(folder, "file", "out.xml"), /EEXIST|ENOTDIR/],
    ["a folder of the kernel", () => "/proc/self/out.xml", /ENOENT|EACCES|EPERM/],
    ["a name that is too long", (folder: string) => join(folder, "x".repeat(300)), "ENAMETOOLONG"],
  ])("refuses %s", (_, pathIn, why) => {
    const folder = tempFolder();
    writeFileSync(join(folder, "file"), "");
    const problem = { exitCode: 2, why: expect.stringMatching(why) };
    expect(() => requireWritable(pathIn(folder))).toThrow(expect.objectContaining(problem));
  });
});

describe("a whole file", () => {
  it("is not there before its end, and then all of it is", async () => {
    const path = join(tempFolder(), "out.xml");
    const sink = wholeFileSink(() => path);
    sink.write("a");
    sink.write("b");
    expect(existsSync(path)).toBe(false);
    expect(await sink.close()).toBe(path);
    expect(written(path)).toBe("ab");
  });

  it("of two runs at once is one of them, whole", async () => {
    const folder = tempFolder();
    const path = join(folder, "out.xml");
    const sinks = ["a", "b"].map((letter) => {
      const sink = wholeFileSink(() => path);
      sink.write(letter.repeat(1_000_000));
      return sink;
    });
    await Promise.all(sinks.map((sink) => sink.close()));
    expect(written(path)).toMatch(/^(a{1000000}|b{1000000})$/);
    expect(readdirSync(folder)).toEqual(["out.xml"]);
  });

  it("behind a link is written there, and the link stays", async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, "real"));
    writeFileSync(join(folder, "real", "out.xml"), "old");
    symlinkSync(join("real", "out.xml"), join(folder, "link.xml"));
    const sink = wholeFileSink(() => join(folder, "link.xml"));
    sink.write("new");
    await sink.close();
    expect(lstatSync(join(folder, "link.xml")).isSymbolicLink()).toBe(true);
    expect(written(join(folder, "real", "out.xml"))).toBe("new");
  });

  it("that is a device is written to, and stays one", async () => {
    const sink = wholeFileSink(() => "/dev/null");
    sink.write("gone");
    await sink.close();
    expect(lstatSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  it("on a full disk is an error, and nothing is left beside it", async () => {
    const sink = wholeFileSink(() => "/dev/full");
    sink.write("too much");
    await expect(sink.close()).rejects.toThrow("ENOSPC");
  });
});

describe("a growing file", () => {
  it("grows as things happen", async () => {
    const path = join(tempFolder(), "events.ndjson");
    const sink = growingFileSink(path);
    sink.write("a\n");
    expect(written(path)).toBe("a\n");
    sink.write("b\n");
    await sink.close();
    expect(written(path)).toBe("a\nb\n");
  });

  it("of two runs at once is that of the last one, whole", async () => {
    const folder = tempFolder();
    const path = join(folder, "events.ndjson");
    const [first, second] = [growingFileSink(path), growingFileSink(path)];
    for (let line = 0; line < 3; line++) {
      first.write("first\n");
      second.write("second\n");
    }
    await Promise.all([first.close(), second.close()]);
    expect(written(path)).toBe("second\n".repeat(3));
    expect(readdirSync(folder)).toEqual(["events.ndjson"]);
  });
});
