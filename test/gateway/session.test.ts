import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { children, goose, type Rig, rig } from "./rig.js";

let gateway: Rig;

afterEach(async () => {
  await gateway.stop();
});

const types = (frames: readonly { readonly type: string }[]): string[] => frames.map(({ type }) => type);

/** An agent that waits in its write does not use the processor: half a second without one tick of it. */
async function isStuck(pid: number): Promise<void> {
  const before = processorTicks(pid);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(processorTicks(pid)).toBe(before);
}

/** User and system time of a process: fields 14 and 15 of proc_pid_stat(5). */
function processorTicks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

function only<T>(items: readonly T[]): T {
  const [item, ...more] = items;
  if (item === undefined || more.length > 0) throw new Error(`${items.length} instead of one`);
  return item;
}

describe("a session", () => {
  it("is welcomed", async () => {
    gateway = await rig();
    const client = await gateway.connect();
    await client.frame("content");
    expect(types(client.frames)).toEqual(["bot", "content"]);
    expect(client.frames[0]).toHaveProperty("sender");
  });

  it.each([`${goose} run ?`, `sh ${goose} run ?`])("is named in the environment of %s", async (agent) => {
    gateway = await rig({ agent, env: { ...process.env, GATEWAY_SESSION: "outer" } });
    const client = await gateway.connect();
    client.send({ sender: "USER", content: "@hang", firstMessage: true, sessionID: "inner" });
    await client.line("echo: @hang");
    const { pid } = only(children(process.pid).filter(({ name }) => name === "sleep"));
    expect(readFileSync(`/proc/${pid}/environ`, "utf8").split("\0")).toContain("GATEWAY_SESSION=inner");
  });

  it("has its prompt echoed, and answered in a terminal by an agent that is named goose", async () => {
    gateway = await rig({ agent: `${goose} run ?` });
    const client = await gateway.connect();
    await client.frame("content");
    const end = await client.run("hello $HOME 'there'");
    expect(end).toEqual({ type: "exec_end", code: 0, signal: null });
    expect(types(client.frames.slice(2))).toEqual([
      "user",
      "content",
      "bot",
      "exec_start",
      "content",
      "content",
      "exec_end",
    ]);
    expect(client.lines().slice(1)).toEqual([
      "hello $HOME 'there'",
      "starting session | stand-in for goose",
      "echo: hello $HOME 'there'",
    ]);
  });

  it("has its prompt answered on pipes by any other agent, stderr included", async () => {
    const program = `console.log(!process.stdout.isTTY, process.argv[1]); console.error("oops")`;
    gateway = await rig({ agent: `"${process.execPath}" -e '${program}' ?` });
    const client = await gateway.connect();
    expect(await client.run("a b")).toMatchObject({ code: 0 });
    expect(client.lines()).toContain("true a b");
    expect(client.lines()).toContain("oops");
  });

  it("closes the input of an agent on pipes, which would wait for it otherwise", async () => {
    gateway = await rig({ agent: "cat" });
    const client = await gateway.connect();
    expect(await client.run("hi")).toMatchObject({ code: 0 });
  });

  it("runs goose with a terminal for its output", async () => {
    const folder = await mkdtemp(join(tmpdir(), "gateway-tty-"));
    await writeFile(join(folder, "goose"), "#!/bin/sh\n[ -t 1 ] && echo terminal\n", { mode: 0o755 });
    gateway = await rig({ agent: "goose ?", env: { PATH: `${folder}:${process.env["PATH"]}` } });
    const client = await gateway.connect();
    await client.run("hi");
    expect(client.lines()).toContain("terminal");
    await rm(folder, { recursive: true });
  });

  it.each([
    ["@exit=3", { code: 3, signal: null }],
    ["@kill", { code: null, signal: "SIGKILL" }],
    ["@crash", { code: null, signal: "SIGSEGV" }],
    ["@no-newline", { code: 0, signal: null }],
    ["@fork", { code: 0, signal: null }],
    ["@hold-stderr", { code: 0, signal: null }],
  ])("is told how %s ends", async (prompt, end) => {
    for (const agent of [`${goose} run ?`, `sh ${goose} run ?`]) {
      gateway = await rig({ agent });
      const client = await gateway.connect();
      expect(await client.run(prompt)).toEqual({ type: "exec_end", ...end });
      await gateway.stop();
    }
  });

  it("gets the last line even without a newline", async () => {
    gateway = await rig();
    const client = await gateway.connect();
    await client.run("@no-newline");
    expect(client.lines().at(-1)).toBe("no newline at the end");
  });

  it.each([
    ["in a terminal", `${goose} run ?`],
    ["on pipes", `sh ${goose} run ?`],
  ])("gets every line of a flood %s", async (_, agent) => {
    gateway = await rig({ agent });
    const client = await gateway.connect();
    await client.run("@flood=3000 @flood-err=3000");
    const numbers = client
      .lines()
      .flatMap((line) => (line.includes("flood flood") ? [Number.parseInt(line, 10)] : []));
    const once = Array.from({ length: 3000 }, (_, index) => index + 1);
    expect(numbers.sort((a, b) => a - b)).toEqual(once.flatMap((number) => [number, number]));
  });

  it("is told when the agent is not there, and stays open", async () => {
    gateway = await rig({ agent: "no-such-agent-here ?" });
    const client = await gateway.connect();
    expect(await client.run("hi")).toMatchObject({
      code: null,
      signal: null,
      error: expect.stringContaining("no-such-agent-here"),
    });
    expect(await client.run("hi again")).toHaveProperty("error");
  });

  it("stops its agent on request, even one that ignores SIGINT", async () => {
    gateway = await rig({ graceMs: 50 });
    const client = await gateway.connect();
    for (const [prompt, signal] of [
      ["@hang", "SIGINT"],
      ["@ignore-int", "SIGKILL"],
    ] as const) {
      const before = client.all("exec_end").length;
      client.ask(prompt);
      await client.line(`echo: ${prompt}`);
      // The line comes just before the agent turns deaf.
      await new Promise((resolve) => setTimeout(resolve, 100));
      client.send({ type: "stop" });
      expect(await client.frame("exec_end", before + 1)).toMatchObject({ code: null, signal });
    }
  });

  it("does nothing on a stop when nothing runs", async () => {
    gateway = await rig();
    const client = await gateway.connect();
    client.send({ type: "stop" });
    expect(await client.run("hi")).toMatchObject({ code: 0 });
  });

  it("runs one agent at a time: a new prompt ends the run before it", async () => {
    gateway = await rig();
    const client = await gateway.connect();
    client.ask("@hang one");
    await client.line("echo: @hang one");
    expect(await client.run("two")).toMatchObject({ code: null, signal: "SIGINT" });
    expect(await client.frame("exec_end", 2)).toMatchObject({ code: 0 });
    const order = types(client.frames).filter((type) => type.startsWith("exec"));
    expect(order).toEqual(["exec_start", "exec_end", "exec_start", "exec_end"]);
  });

  it("lets the newest of several waiting prompts run, and says so to the others", async () => {
    gateway = await rig();
    const client = await gateway.connect();
    client.ask("@hang one");
    await client.line("echo: @hang one");
    for (const prompt of ["two", "three", "four"]) client.ask(prompt, false);
    await client.line("echo: four");
    expect(client.all("error").map(({ message }) => message)).toEqual(
      Array(2).fill("the prompt was replaced by a newer one before it ran"),
    );
    expect(client.lines()).not.toContain("echo: three");
  });

  it("counts its turns, from 1 again at a first message", async () => {
    gateway = await rig();
    const client = await gateway.connect();
    for (const [index, first] of [true, false, true].entries()) {
      client.ask("hi", first);
      await client.frame("exec_end", index + 1);
    }
    expect(client.all("exec_start").map(({ turn }) => turn)).toEqual([1, 2, 1]);
  });

  it("searches the indexed files", async () => {
    gateway = await rig();
    const client = await gateway.connect();
    client.send({ type: "fuzzy_search", query: "protocol", maxResults: 1 });
    expect(await client.frame("fuzzy_results")).toEqual({
      type: "fuzzy_results",
      query: "protocol",
      results: [{ path: "protocol.ts", score: expect.any(Number) }],
    });
  });

  it("sees new files after the next indexing", async () => {
    const folder = await mkdtemp(join(tmpdir(), "gateway-index-"));
    gateway = await rig({ folder, indexEveryMs: 20 });
    const client = await gateway.connect();
    await writeFile(join(folder, "brand-new.txt"), "");
    await vi.waitFor(
      () => {
        client.send({ type: "fuzzy_search", query: "brand", maxResults: 5 });
        expect(JSON.stringify(client.frames)).toContain("brand-new.txt");
      },
      { timeout: 10_000 },
    );
    await rm(folder, { recursive: true });
  });

  it("stays open after frames that make no sense", async () => {
    gateway = await rig();
    const client = await gateway.connect();
    for (const frame of ["{", "[]", '{"type":"dance"}', '{"sender":"USER"}']) client.send(frame);
    client.socket.send(Buffer.from("binary"));
    await client.frame("error", 5);
    expect(client.all("error").at(-1)).toEqual({ type: "error", message: "frames must be text" });
    expect(await client.run("still there?")).toMatchObject({ code: 0 });
  });

  it("is closed with 1009 on a frame that is too big", async () => {
    gateway = await rig();
    const client = await gateway.connect();
    const code = new Promise((resolve) => client.socket.once("close", resolve));
    client.ask("x".repeat(65 * 1024));
    expect(await code).toBe(1009);
  });

  it("is refused an agent when too many run, and gets one when there is room again", async () => {
    gateway = await rig({ maxProcesses: 1 });
    const [first, second] = [await gateway.connect(), await gateway.connect()];
    first.ask("@hang");
    await first.line("echo: @hang");
    second.ask("hi");
    expect((await second.frame("error"))["message"]).toContain("1 of 1 processes are running");
    first.send({ type: "stop" });
    await first.frame("exec_end");
    await vi.waitFor(async () => expect(await second.run("hi")).toMatchObject({ code: 0 }), {
      timeout: 10_000,
    });
  });

  it("holds the agent back while its client does not read", async () => {
    gateway = await rig({ agent: `sh ${goose} run ?` });
    const client = await gateway.connect();
    client.peer.pause();
    // 80 MB: more than the buffers of the sockets and the bound of the gateway together.
    client.ask("@flood=1000000");
    const agent = await vi.waitFor(
      () => only(children(process.pid).filter(({ name }) => name === "sh")),
      10_000,
    );
    await vi.waitFor(() => isStuck(agent.pid), { timeout: 20_000, interval: 1 });
    client.send({ type: "stop" });
    client.peer.resume();
    // The stop alone ended it: it had not come to its own end.
    expect(await client.frame("exec_end")).toMatchObject({ code: null, signal: "SIGINT" });
    const lines = client.lines().filter((line) => line.includes("flood flood"));
    expect(lines.length).toBeLessThan(500_000);
  });
});

describe("a web page", () => {
  it.each([
    ["of another origin is refused", "http://evil.example", false],
    ["of the gateway's own origin is served", undefined, true],
  ])("%s", async (_, origin, served) => {
    gateway = await rig();
    const attempt = gateway.connect({ origin: origin ?? gateway.gateway.url });
    await (served ? expect(attempt).resolves.toBeDefined() : expect(attempt).rejects.toThrow("401"));
  });
});
