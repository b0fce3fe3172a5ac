import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SourceMaps } from "../../src/probe/source-maps.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "watertight-maps-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Line 2 of the compiled file is line 11, column 3 of its source: VLQ `;AAUE`. */
const map = JSON.stringify({
  version: 3,
  sources: ["../src/it.ts"],
  names: [],
  mappings: ";AAUE",
});
const base64 = Buffer.from(map).toString("base64");

function compiled(name: string, lastLine: string): { file: string; line: number; column: number } {
  const file = join(folder, name);
  writeFileSync(file, `"use strict";\nleak();\n${lastLine}\n`);
  return { file, line: 2, column: 1 };
}

describe("a frame of a compiled file", () => {
  const source = (): object => ({ file: join(folder, "../src/it.ts"), line: 11, column: 3 });

  it("is led back by the map beside it", async () => {
    writeFileSync(join(folder, "beside.js.map"), map);
    const frame = compiled("beside.js", "//# sourceMappingURL=beside.js.map");
    expect(await new SourceMaps().original({ ...frame, name: "leak" })).toEqual({
      ...source(),
      name: "leak",
    });
  });

  it("is led back by the map within it", async () => {
    const frame = compiled("within.mjs", `//# sourceMappingURL=data:application/json;base64,${base64}`);
    expect(await new SourceMaps().original(frame)).toEqual(source());
  });

  it.each([
    ["no map", "// the end"],
    ["a map that is missing", "//# sourceMappingURL=missing.js.map"],
    ["a map that is no map", "//# sourceMappingURL=data:application/json,%7B%7D"],
    ["a map that is no JSON", "//# sourceMappingURL=data:application/json,oops"],
    ["a map on the net", "//# sourceMappingURL=https://127.0.0.1:1/a.map"],
    ["a device for a map", "//# sourceMappingURL=/dev/zero"],
  ])("stays as it is with %s", async (_, lastLine) => {
    const frame = compiled("odd.cjs", lastLine);
    expect(await new SourceMaps().original(frame)).toEqual(frame);
  });

  it("stays as it is where the file is a pipe that nobody writes to", async () => {
    const file = join(folder, "pipe.js");
    spawnSync("mkfifo", [file]);
    expect(await new SourceMaps().original({ file, line: 1, column: 1 })).toMatchObject({ file });
  });

  it("stays as it is where no map can be asked", async () => {
    const maps = new SourceMaps();
    for (const file of ["/usr/bin/server", "node:fs", "relative.js", "/nonexistent/a.js"]) {
      expect(await maps.original({ file, line: 1 })).toEqual({ file, line: 1 });
    }
  });
});
