import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { requireLinux } from "../../src/cli/platform.js";
import { cleanUpAfterEach, tempFolder, tool } from "./rig.js";

cleanUpAfterEach();

const record = resolve("test/fixtures/records/version-2.ndjson");
const others = ["darwin", "win32", "freebsd"] as const;

describe.each(others)("on %s", (platform) => {
  it.each([
    ["run", []],
    ["watch", ["--port", "8080"]],
    ["shrink", ["goose-churn"]],
    ["selftest", []],
  ])("%s says what it needs and how to have it: exit 4", async (command, words) => {
    const { code, stdout, stderr } = await tool([command, ...words], { platform });
    expect(code).toBe(4);
    expect(stdout).toBe("");
    expect(stderr).toContain(
      `watertight: ${command} needs Linux\n  why: it reads the processes of the server from /proc`,
    );
    expect(stderr).toContain(`this is ${platform}, which has none\n  fix: use`);
    expect(stderr).toContain("judge, report, plan and list work here too");
  });

  it.each([
    ["list", []],
    ["plan", ["goose-churn"]],
    ["report", [record]],
    ["help", []],
  ])("%s works: exit 0", async (command, words) => {
    const { code, stdout, stderr } = await tool([command, ...words], { platform });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).not.toBe("");
  });

  it("judge gives the verdict that it gives on Linux", async () => {
    const here = await tool(["judge", record], { platform: "linux" });
    expect(await tool(["judge", record], { platform })).toEqual(here);
  });
});

it("names the way on the platform: WSL, or a container", async () => {
  const fix = async (platform: NodeJS.Platform): Promise<string> =>
    (await tool(["run"], { platform })).stderr;
  expect(await fix("win32")).toContain(
    "use WSL (wsl --install, then npx watertight in it), or a Linux container",
  );
  expect(await fix("darwin")).toContain("use a Linux container or virtual machine");
  expect(await fix("freebsd")).toContain("use a Linux machine or container");
});

it("judges a record that an editor gave the line ends of Windows", async () => {
  const cwd = tempFolder();
  writeFileSync(join(cwd, "record.ndjson"), readFileSync(record, "utf8").replaceAll("\n", "\r\n"));
  const [asWindows, as] = [await tool(["judge", "record.ndjson"], { cwd }), await tool(["judge", record])];
  expect(asWindows.code).toBe(as.code);
  expect(asWindows.stderr).toBe("");
});

describe("a /proc that is no use: exit 4", () => {
  const linux = { platform: "linux" } as const;

  it("is not mounted, or hidden", () => {
    const empty = tempFolder();
    expect(() => requireLinux(linux, "run", empty)).toThrow(`cannot see processes in ${empty}`);
    expect(() => requireLinux(linux, "run", join(empty, "none"))).toThrow("cannot see processes");
    expect(() => requireLinux(linux, "run")).not.toThrow();
  });

  it("is that of another PID namespace, where every pid would be somebody else's", () => {
    const foreign = tempFolder();
    mkdirSync(join(foreign, String(process.pid)));
    symlinkSync(String(process.pid + 1), join(foreign, "self"));
    expect(() => requireLinux(linux, "run", foreign)).toThrow(`${foreign} is that of another PID namespace`);
  });
});
