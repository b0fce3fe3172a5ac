import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";

const goose = fileURLToPath(new URL("../../scenarios/stand-in/goose", import.meta.url));
const started: ChildProcess[] = [];

interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** In a process group of its own, so that what a directive leaves behind can be ended with it. */
function start(...args: string[]): ChildProcess {
  const child = spawn(goose, args, { detached: true, stdio: ["ignore", "pipe", "pipe"] });
  started.push(child);
  return child;
}

async function run(...args: string[]): Promise<Ran> {
  const child = start(...args);
  let out = "";
  let err = "";
  child.stdout?.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (err += chunk.toString()));
  await once(child, "close");
  return { out, err, code: child.exitCode, signal: child.signalCode };
}

afterEach(() => {
  for (const child of started.splice(0)) killGroup(child);
});

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  } catch {
    // The whole group has gone, as it should.
  }
}

/** The command names in a process group, the leader aside. */
function grandchildren(child: ChildProcess): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && name !== String(child.pid))
    .flatMap((name) => {
      const stat = readStat(name);
      const [, comm, rest] = /\((.*)\) (.*)/s.exec(stat) ?? [];
      return rest?.split(" ")[2] === String(child.pid) && comm !== undefined ? [comm] : [];
    });
}

function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return "";
  }
}

const banner = "starting session | stand-in for goose\n";

describe("the stand-in for goose", () => {
  it.each([[["run", "hi * there"]], [["run", "-t", "hi * there"]]])("answers %j", async (args) => {
    expect(await run(...args)).toEqual({
      out: `${banner}echo: hi * there\n`,
      err: "",
      code: 0,
      signal: null,
    });
  });

  it("tells its version", async () => {
    expect(await run("--version")).toMatchObject({ out: "goose 1.0.0 (stand-in)\n", code: 0 });
  });

  it.each([[[]], [["sing"]], [["run"]], [["run", "two", "words"]]])("explains itself on %j", async (args) => {
    expect(await run(...args)).toMatchObject({ err: expect.stringContaining("usage:"), code: 2 });
  });

  it.each(["@exit=x", "@exit=", "@flood=-1", "@flood-err=1.5", "@slow=1.2.3", "@slow=x"])(
    "refuses %s",
    async (directive) => {
      expect(await run("run", directive)).toMatchObject({
        err: expect.stringContaining("is not a"),
        code: 2,
      });
    },
  );

  it("exits as told", async () => {
    expect(await run("run", "please @exit=7 now")).toMatchObject({ code: 7 });
  });

  it("floods stdout, or stderr, by so many lines of about 80 bytes", async () => {
    const { out } = await run("run", "@flood=500");
    const { err } = await run("run", "@flood-err=500");
    const lines = out.split("\n").slice(2, -1);
    expect(lines).toHaveLength(500);
    expect(new Set(lines).size).toBe(500);
    expect(lines.every((line) => line.length === 80)).toBe(true);
    expect(err.split("\n").slice(0, -1)).toEqual(lines);
  });

  it("ends without a newline", async () => {
    expect((await run("run", "@no-newline")).out).toMatch(/no newline at the end$/);
  });

  it("kills itself, or crashes", async () => {
    expect(await run("run", "@kill")).toMatchObject({ signal: "SIGKILL" });
    expect(await run("run", "@crash")).toMatchObject({ signal: "SIGSEGV" });
  });

  it("answers slowly, in pieces", async () => {
    expect((await run("run", "@slow=0.01")).out).toMatch(/piece one\npiece two\npiece three\n$/);
  });

  it("hangs until SIGINT", async () => {
    const child = start("run", "@hang");
    await vi.waitFor(() => expect(readStat(String(child.pid))).toContain("(sleep)"), { timeout: 10_000 });
    process.kill(-(child.pid ?? 0), "SIGINT");
    expect(await once(child, "exit")).toEqual([null, "SIGINT"]);
  });

  it("hangs on through SIGINT until SIGKILL", async () => {
    const child = start("run", "@ignore-int");
    await vi.waitFor(() => expect(readStat(String(child.pid))).toContain("(sleep)"), { timeout: 10_000 });
    process.kill(-(child.pid ?? 0), "SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(child.signalCode).toBeNull();
    process.kill(-(child.pid ?? 0), "SIGKILL");
    expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
  });

  it("leaves a grandchild in its group that holds nothing open", async () => {
    const child = start("run", "@fork");
    child.stdout?.resume();
    child.stderr?.resume();
    expect(await once(child, "close")).toEqual([0, null]);
    await vi.waitFor(() => expect(grandchildren(child)).toEqual(["sleep"]), { timeout: 10_000 });
  });

  it("leaves a grandchild that holds stderr open", async () => {
    const child = start("run", "@hold-stderr");
    child.stdout?.resume();
    child.stderr?.resume();
    expect(await once(child, "exit")).toEqual([0, null]);
    await vi.waitFor(() => expect(grandchildren(child)).toEqual(["sleep"]), { timeout: 10_000 });
    expect(child.stderr?.readableEnded).toBe(false);
    killGroup(child);
    await once(child, "close");
  });
});
