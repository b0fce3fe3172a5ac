import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { keepProof, readProof } from "../../src/cli/proof-file.js";
import { proof } from "../report/selftest-samples.js";
import { cleanUpAfterEach, tempFolder } from "./rig.js";

cleanUpAfterEach();

function state(): { readonly env: NodeJS.ProcessEnv; readonly path: string } {
  const folder = tempFolder();
  return { env: { XDG_STATE_HOME: folder }, path: join(folder, "watertight", "selftest.json") };
}

/** What is read after this text was kept. */
async function readBack(text: string): Promise<unknown> {
  const { env, path } = state();
  mkdirSync(dirname(path));
  writeFileSync(path, text);
  return readProof(env, proof);
}

describe("a proof", () => {
  it("is kept, and read back", async () => {
    const { env, path } = state();
    expect(await keepProof(proof, { exitCode: 0, env })).toEqual([]);
    expect(await readProof(env, proof)).toMatchObject(proof);
    expect(readdirSync(dirname(path))).toEqual(["selftest.json"]);
  });

  it("goes to ~/.local/state where XDG_STATE_HOME is not set, or no absolute path", async () => {
    for (const XDG_STATE_HOME of [undefined, "", "relative"]) {
      const HOME = tempFolder();
      expect(await keepProof(proof, { exitCode: 0, env: { HOME, XDG_STATE_HOME } })).toEqual([]);
      expect(existsSync(join(HOME, ".local", "state", "watertight", "selftest.json"))).toBe(true);
    }
  });

  it.each([
    ["another version", { ...proof, tool: "watertight 0.2.0" }],
    ["another kernel", { ...proof, kernel: "6.19.0" }],
  ])("of %s is not mentioned", async (_, here) => {
    const { env } = state();
    await keepProof(proof, { exitCode: 0, env });
    expect(await readProof(env, here)).toBeUndefined();
  });

  it.each([3, 4, 130])("stays as it was when a later self-test exits %i", async (exitCode) => {
    const { env, path } = state();
    await keepProof(proof, { exitCode: 0, env });
    const before = readFileSync(path, "utf8");
    expect(await keepProof({ ...proof, sights: [] }, { exitCode, env })).toEqual([]);
    expect(readFileSync(path, "utf8")).toBe(before);
  });

  it("is taken back when a later self-test fails", async () => {
    const { env, path } = state();
    await keepProof(proof, { exitCode: 0, env });
    expect(await keepProof(proof, { exitCode: 1, env })).toEqual([]);
    expect(existsSync(path)).toBe(false);
  });

  it("that cannot be kept is told in a note", async () => {
    const file = join(tempFolder(), "file");
    writeFileSync(file, "");
    expect(await keepProof(proof, { exitCode: 0, env: { HOME: file } })).toEqual([
      expect.stringMatching(/^not kept for later reports: ENOTDIR/),
    ]);
    expect(await keepProof(proof, { exitCode: 0, env: {} })).toEqual([
      "not kept for later reports: neither XDG_STATE_HOME nor HOME names a folder",
    ]);
  });

  it("is told in a note, too, where the folder is there and takes no file", async () => {
    const { env, path } = state();
    mkdirSync(path, { recursive: true });
    const [note] = await keepProof(proof, { exitCode: 0, env });
    expect(note).toMatch(/^not kept for later reports: /);
  });

  it("in a folder that does not let one in is no mention", async () => {
    const { env, path } = state();
    await keepProof(proof, { exitCode: 0, env });
    chmodSync(path, 0);
    const readable = process.getuid?.() === 0;
    expect((await readProof(env, proof)) !== undefined).toBe(readable);
  });
});

describe("a file that is no proof is no mention:", () => {
  const whole = { version: 1, ...proof };
  const [fds] = proof.sights;

  it.each<[string, string]>([
    ["empty", ""],
    ["cut", JSON.stringify(whole).slice(0, -9)],
    ["null", "null"],
    ["a list", "[]"],
    ["of a newer version", JSON.stringify({ ...whole, version: 2 })],
    ["without a date", JSON.stringify({ ...whole, provenAt: "yesterday" })],
    ["without sights", JSON.stringify({ ...whole, sights: undefined })],
    ["an unknown criterion", JSON.stringify({ ...whole, sights: [{ ...fds, criterion: "threads" }] })],
    ["an unknown unit", JSON.stringify({ ...whole, sights: [{ ...fds, unit: "miles" }] })],
    ["a rate of nothing", JSON.stringify({ ...whole, sights: [{ ...fds, detectable: null }] })],
    ["a rate below nothing", JSON.stringify({ ...whole, sights: [{ ...fds, caught: -1 }] })],
    ["a number for a name", JSON.stringify({ ...whole, node: 20 })],
  ])("%s", async (_, text) => expect(await readBack(text)).toBeUndefined());

  it("while a whole one is", async () => {
    expect(await readBack(JSON.stringify(whole))).toMatchObject(proof);
  });

  it("nor is one that is not there", async () => {
    expect(await readProof(state().env, proof)).toBeUndefined();
    expect(await readProof({}, proof)).toBeUndefined();
  });
});
