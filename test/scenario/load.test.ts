import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ExitCode, Problem } from "../../src/model/problem.js";
import { listShipped, loadScenario } from "../../src/scenario/load.js";

const shippedDir = join(import.meta.dirname, "../../scenarios");
const flows = "flows: {a: {steps: [connect]}}\n";
let cwd: string;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "watertight-scenario-"));
  await mkdir(join(cwd, "soak"));
  await writeFile(join(cwd, "soak/chat.yaml"), flows);
  await writeFile(join(cwd, "plain"), flows);
  await writeFile(join(cwd, "goose-churn"), flows);
  await writeFile(join(cwd, "bom.yaml"), `\uFEFF${flows}`);
  await writeFile(join(cwd, "latin1.yaml"), Buffer.from(`about: caf\u00e9\n${flows}`, "latin1"));
  await writeFile(join(cwd, "utf16.yaml"), Buffer.from(`\uFEFF${flows}`, "utf16le"));
  await writeFile(join(cwd, "large.yaml"), `${flows}${"# filler\n".repeat(10_000)}`);
  await writeFile(join(cwd, "wrong.yaml"), `${flows}lod: {}\n`);
  await writeFile(join(cwd, "secret.yaml"), flows);
  await chmod(join(cwd, "secret.yaml"), 0);
});

afterAll(() => rm(cwd, { recursive: true, force: true }));

const load = (name: string): ReturnType<typeof loadScenario> => loadScenario(name, { shippedDir, cwd });

async function problemOf(name: string): Promise<{ text: string; exitCode: ExitCode }> {
  try {
    await load(name);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const text = [error.message, error.why, error.fix].join("\n").replaceAll(cwd, "CWD");
    return { text, exitCode: error.exitCode };
  }
  throw new Error("the file was accepted");
}

describe("loadScenario finds", () => {
  test("a shipped one by its name, before a file of that name", async () => {
    const { name, path } = await load("goose-churn");
    expect({ name, path }).toEqual({ name: "goose-churn", path: join(shippedDir, "goose-churn.yaml") });
  });

  test("a shipped one in its folder, by both names", async () => {
    const { name, path } = await load("gateways/websocketd");
    expect({ name, path }).toEqual({
      name: "websocketd",
      path: join(shippedDir, "gateways/websocketd.yaml"),
    });
  });

  test("a file by its path, relative to where the user stands; its name is that of the file", async () => {
    expect(await load("soak/chat.yaml")).toMatchObject({ name: "chat", path: "soak/chat.yaml" });
    expect(await load(join(cwd, "soak/chat.yaml"))).toMatchObject({ name: "chat", path: "soak/chat.yaml" });
    expect(await load("./goose-churn")).toMatchObject({ path: "goose-churn" });
    expect(await load("plain")).toMatchObject({ name: "plain" });
  });

  test("a file that begins with a byte order mark", async () => {
    expect(await load("bom.yaml")).toMatchObject({ name: "bom" });
  });
});

describe("loadScenario refuses", () => {
  const shipped =
    "shipped are: connect-churn, disconnect-midstream, error-storm, goose-churn, graceful-stop, idle-indexer, memory-soak, stderr-flood; for other servers: watertight list";

  test.each([
    [
      "goose-chrun",
      `there is no scenario goose-chrun\nit is neither a shipped scenario nor a file in CWD\ndid you mean goose-churn? ${shipped}`,
    ],
    [
      "scenarios/idle-indexr.yaml",
      `there is no scenario scenarios/idle-indexr.yaml\nit is neither a shipped scenario nor a file in CWD\ndid you mean idle-indexer? ${shipped}`,
    ],
    [
      "websocketd",
      `there is no scenario websocketd\nit is neither a shipped scenario nor a file in CWD\ndid you mean gateways/websocketd? ${shipped}`,
    ],
    [
      "gateway/webscketd.yaml",
      `there is no scenario gateway/webscketd.yaml\nit is neither a shipped scenario nor a file in CWD\ndid you mean gateways/websocketd? ${shipped}`,
    ],
    ["zzz", `there is no scenario zzz\nit is neither a shipped scenario nor a file in CWD\n${shipped}`],
    [
      "plain/x.yaml",
      `there is no scenario plain/x.yaml\nit is neither a shipped scenario nor a file in CWD\n${shipped}`,
    ],
    ["soak", "soak is a folder\na scenario is one YAML file\ngive the path of a .yaml file"],
    [
      "/dev/null",
      "/dev/null is not a regular file\na scenario is one YAML file\ngive the path of a .yaml file",
    ],
    [
      "latin1.yaml",
      "latin1.yaml is not UTF-8 text\nit has bytes that UTF-8 does not allow\nsave it as UTF-8: iconv -f LATIN1 -t UTF-8 latin1.yaml",
    ],
    [
      "utf16.yaml",
      "utf16.yaml is not UTF-8 text\nit has bytes that UTF-8 does not allow\nsave it as UTF-8: iconv -f UTF-16 -t UTF-8 utf16.yaml",
    ],
    [
      "large.yaml",
      "large.yaml is too large for a scenario\nit has 90031 bytes; a scenario has at most 65536\ngive a scenario file",
    ],
    [
      "wrong.yaml",
      "wrong.yaml:2:1: unknown key `lod`; did you mean `load`?\n\nwrite `load` in place of `lod`",
    ],
  ])("%s", async (name, text) => {
    expect(await problemOf(name)).toEqual({ text, exitCode: 2 });
  });

  test("a name with a NUL in it", async () => {
    expect((await problemOf("a\0b")).exitCode).toBe(2);
  });

  // To root every file is readable.
  test.skipIf(process.getuid?.() === 0)("a file without permission", async () => {
    expect((await problemOf("secret.yaml")).text).toMatch(/^cannot read secret.yaml\npermission denied\n/);
  });
});

test("listShipped tells those apart that need a server of others, and lists them last", async () => {
  const shipped = await listShipped(shippedDir);
  expect(shipped.find(({ name }) => name === "gateways/websocketd")?.forOthers).toBe(true);
  const order = shipped.map(({ forOthers }) => forOthers);
  expect(order).toEqual(order.toSorted((a, b) => Number(a) - Number(b)));
});

test("listShipped names what each does", async () => {
  const [first] = await listShipped(shippedDir);
  expect(first).toEqual({
    name: "connect-churn",
    about: "1000 connections that end in every way a connection can end.",
    path: join(shippedDir, "connect-churn.yaml"),
    forOthers: false,
  });
});
