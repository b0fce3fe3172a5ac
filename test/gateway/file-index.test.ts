import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FileIndex, walk } from "../../src/gateway/file-index.js";

const never = new AbortController().signal;
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "file-index-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(...paths: string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(join(folder, path), "");
  }
}

describe("walk", () => {
  it("lists files, and passes over node_modules, .git and links", async () => {
    await write(
      "readme.md",
      "src/a/deep.ts",
      "node_modules/x/index.js",
      ".git/HEAD",
      "src/node_modules/y.js",
    );
    await symlink(folder, join(folder, "loop"));
    expect((await walk({ folder, maxFiles: 100 }, never)).sort()).toEqual(["readme.md", "src/a/deep.ts"]);
  });

  it("ends at the most files allowed", async () => {
    await write("a", "b", "c", "d/e", "d/f");
    expect(await walk({ folder, maxFiles: 2 }, never)).toHaveLength(2);
  });

  it("fails on a folder that is not there", async () => {
    await expect(walk({ folder: join(folder, "none"), maxFiles: 9 }, never)).rejects.toThrow("ENOENT");
  });
});

describe("FileIndex", () => {
  it("finds by fuzzy match, best first, up to the limit", async () => {
    await write("src/gateway/session.ts", "src/gateway/seams.ts", "notes.txt");
    const index = new FileIndex({ folder, maxFiles: 100 });
    await index.refresh(never);
    const found = index.search("sesion", 10).concat(index.search("session", 10));
    expect(found.at(-1)).toEqual({ path: "src/gateway/session.ts", score: expect.any(Number) });
    expect(index.search("s", 1)).toHaveLength(1);
    expect(index.search("zzzzqq", 10)).toEqual([]);
  });

  it("is replaced by each refresh, not added to", async () => {
    await write("old.txt");
    const index = new FileIndex({ folder, maxFiles: 100 });
    await index.refresh(never);
    await index.refresh(never);
    expect(index.size).toBe(1);
    await rm(join(folder, "old.txt"));
    await write("new.txt");
    await index.refresh(never);
    expect(index.search("txt", 10).map(({ path }) => path)).toEqual(["new.txt"]);
  });

  it("stays as it was when the walk is aborted", async () => {
    await write("a.txt");
    const index = new FileIndex({ folder, maxFiles: 100 });
    await index.refresh(never);
    await write("b.txt");
    await index.refresh(AbortSignal.abort());
    expect(index.size).toBe(1);
  });
});
