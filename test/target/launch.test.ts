import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { Problem } from "../../src/model/problem.js";
import { type LaunchOptions, launch } from "../../src/target/launch.js";
import { freePort } from "../../src/target/port.js";
import { type Asked, Launching, pidsNaming, until, words } from "./launching.js";

const launching = new Launching();
afterEach(() => launching.undo());

function tlsFile(name: string): string {
  return resolve("test/fixtures/tls", name);
}

function servesTls(port: number): string[] {
  return [process.execPath, resolve("test/fixtures/cli/listens-on-tls.mjs"), String(port)];
}

/** The Problem that a launch must end in; nothing of it may be left. */
async function problemOf(asked: Asked, more: Partial<LaunchOptions> = {}): Promise<Problem> {
  const options = { ...(await launching.options(asked)), ...more };
  const error = await launch(options).catch((thrown: unknown) => thrown);
  expect(pidsNaming(options.runId)).toEqual([]);
  if (!(error instanceof Problem)) throw new Error(`no Problem: ${String(error)}`);
  return error;
}

describe("the target is ready", () => {
  test("when its port accepts", async () => {
    const port = await freePort();
    const target = await launching.start(
      { words: words("serve.mjs", String(port)), how: { kind: "port" } },
      { port },
    );
    expect(target.alive).toBe(true);
  });

  test("when its URL answers 2xx, {port} filled in", async () => {
    const port = await freePort();
    const how = { kind: "url", url: "http://127.0.0.1:{port}/healthz" } as const;
    const target = await launching.start({ words: words("serve.mjs", String(port)), how }, { port });
    expect(target.alive).toBe(true);
  });

  test("when a later request is answered, though the first one never is", async () => {
    const port = await freePort();
    const how = { kind: "url", url: "http://127.0.0.1:{port}/" } as const;
    const target = await launching.start(
      { words: words("accept-and-stay-silent.mjs", String(port)), how },
      { port },
    );
    expect(target.alive).toBe(true);
  });

  test.each([{ ca: tlsFile("cert.pem") }, { verify: false }] as const)(
    "when its URL answers over TLS, with a certificate of its own (%o)",
    async (tls) => {
      const port = await freePort();
      const how = { kind: "url", url: "https://127.0.0.1:{port}/" } as const;
      const target = await launching.start({ words: servesTls(port), how, tls }, { port });
      expect(target.alive).toBe(true);
    },
  );

  test("when its Unix socket accepts", async () => {
    const path = join(launching.folder(), "s");
    const how = { kind: "socket", path } as const;
    const serve = "require('net').createServer().listen(process.argv[1])";
    const target = await launching.start({ words: [process.execPath, "-e", serve, path], how });
    expect(target.alive).toBe(true);
  });

  test("when either loopback accepts, for localhost", async () => {
    const port = await freePort();
    const serve = "require('net').createServer().listen(process.argv[1], '::1')";
    const words = [process.execPath, "-e", serve, String(port)];
    const options = await launching.options({ words, how: { kind: "port" } });
    const target = await launching.start(
      { words, how: { kind: "port" } },
      {
        spec: { ...options.spec, url: "ws://localhost:{port}" },
        port,
      },
    );
    expect(target.alive).toBe(true);
  });

  test("when a line matches, terminal escapes taken out", async () => {
    const port = await freePort();
    const how = { kind: "log", pattern: "^listening on \\d+$" } as const;
    const target = await launching.start({ words: words("serve.mjs", String(port)), how });
    expect(target.logs.tail(1)).toEqual([`\\x1b[32mlistening\\x1b[0m on ${port}`]);
  });

  test("when a command exits with 0", async () => {
    const folder = launching.folder();
    const flag = join(folder, "flag");
    const how = { kind: "command", command: ["test", "-e", flag] } as const;
    const target = await launching.start({
      words: ["sh", "-c", 'sleep 0.2; : > "$0"; exec sleep 60', flag],
      how,
    });
    expect(target.alive).toBe(true);
  });
});

describe("a Problem says what, why and what to do", () => {
  test("when the target exits first, with its last lines made inert", async () => {
    const problem = await problemOf({ words: words("exit-at-once.sh") });
    expect(problem.message).toBe("the target exited with code 3 before it was ready");
    expect(problem.why).toBe("its last output:\ncannot open the \\x1b[31mdatabase\\x1b[0m");
    expect(problem.fix).toContain("target.stderr.log");
    expect(problem.exitCode).toBe(4);
  });

  test("when it is not ready in time: the last answer and the last lines", async () => {
    const asked = { words: words("never-ready.sh"), withinMs: 300 };
    const port = await freePort();
    const problem = await problemOf({ ...asked, how: { kind: "port" } }, { port });
    expect(problem.message).toBe("the target was not ready within 300 ms");
    expect(problem.why).toBe("ECONNREFUSED; its last output:\nthinking");
    expect(problem.exitCode).toBe(4);
  });

  test("when its URL answers something else", async () => {
    const port = await freePort();
    const how = { kind: "url", url: `http://127.0.0.1:${port}/` } as const;
    const problem = await problemOf({ words: words("serve.mjs", String(port), "503"), how, withinMs: 1500 });
    expect(problem.why).toContain(`http://127.0.0.1:${port}/ answered 503`);
  });

  test("when its certificate is its own and nobody said that it may be", async () => {
    const port = await freePort();
    const how = { kind: "url", url: "https://127.0.0.1:{port}/" } as const;
    const problem = await problemOf({ words: servesTls(port), how, withinMs: 4000 }, { port });
    expect(problem.why).toContain("its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)");
    expect(problem.why).toContain("target.tls: {ca: cert.pem}");
  });

  test("when the file of the certificate is not there", async () => {
    const how = { kind: "url", url: "https://127.0.0.1:{port}/" } as const;
    const tls = { ca: "/no/such/cert.pem" };
    const problem = await problemOf({ words: words("never-ready.sh"), how, tls, withinMs: 300 });
    expect(problem.why).toContain("no such file or directory, open '/no/such/cert.pem'");
  });

  test("when somebody listens at its Unix socket", async () => {
    const path = join(launching.folder(), "s");
    const stranger = createServer().listen(path);
    await new Promise((resolve) => stranger.once("listening", resolve));
    const problem = await problemOf({ words: words("never-ready.sh"), how: { kind: "socket", path } });
    stranger.close();
    expect(problem.message).toBe(`the socket ${path} is taken`);
  });

  test("when the asking command hangs, which is ended too", async () => {
    const name = `asked-${process.pid}`;
    const how = { kind: "command", command: ["sh", "-c", "sleep 60; :", name] } as const;
    await problemOf({ words: words("never-ready.sh"), how, withinMs: 300 });
    await until(() => pidsNaming(name).length === 0);
  });

  test("when the command is not there", async () => {
    const problem = await problemOf({ words: ["no-such-gateway", "--port", "1"] });
    expect(problem.message).toBe("cannot start the target: no-such-gateway");
    expect(problem.why).toBe("no-such-gateway in PATH: no such file");
    expect(problem.exitCode).toBe(4);
  });

  test("when the command is not executable", async () => {
    const path = join(launching.folder(), "gateway");
    writeFileSync(path, "#!/bin/sh\n");
    const problem = await problemOf({ words: [path] });
    expect(problem.why).toBe(`${path} is not executable`);
    expect(problem.fix).toBe(`chmod +x ${path}`);
  });

  test("when the kernel refuses the command", async () => {
    const path = join(launching.folder(), "gateway");
    writeFileSync(path, "#!/no/such/interpreter\n");
    chmodSync(path, 0o755);
    const problem = await problemOf({ words: [path] }, { follow: "marker" });
    expect(problem.message).toBe(`cannot start the target: ${path}`);
    expect(problem.exitCode).toBe(4);
  });

  test("when its folder is not there", async () => {
    const problem = await problemOf({ words: words("never-ready.sh"), cwd: "/no/such/folder" });
    expect(problem.message).toBe("the target's folder /no/such/folder is not there");
  });

  test("when a stranger listens on the port", async () => {
    const stranger = await listening();
    const address = stranger.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const problem = await problemOf({ words: words("never-ready.sh"), how: { kind: "port" } }, { port });
    stranger.close();
    expect(problem.message).toBe(`port ${port} is taken`);
  });

  test("when the pattern is none", async () => {
    const problem = await problemOf({ words: words("never-ready.sh"), how: { kind: "log", pattern: "(" } });
    expect(problem.exitCode).toBe(2);
  });

  test("when the user interrupts, before or during the wait", async () => {
    const interrupt = new AbortController();
    const waiting = problemOf({ words: words("never-ready.sh") }, { signal: interrupt.signal });
    setTimeout(() => interrupt.abort(), 200);
    expect((await waiting).exitCode).toBe(130);
    const early = await problemOf({ words: words("never-ready.sh") }, { signal: AbortSignal.abort() });
    expect(early.exitCode).toBe(130);
  });

  test("when a limit is above what the system allows", async () => {
    const asked = { words: words("never-ready.sh"), limits: { fds: 2 ** 40 } };
    const problem = await problemOf(asked);
    expect(problem.message).toBe("the target exited with code 126 before it was ready");
    expect(problem.why).toContain("the target could not limit its fds");
  });
});

describe("the target is started with", () => {
  async function shown(asked: Partial<Asked>, more: Partial<LaunchOptions> = {}): Promise<Shown> {
    const target = await launching.start(
      {
        words: words("show-setting.mjs", "two words"),
        ...asked,
        how: { kind: "log", pattern: "^ready .*}$" },
      },
      more,
    );
    // Only then is the output known to be on disk.
    await target.stop({ signal: "SIGTERM", withinMs: 20_000 });
    return JSON.parse(readFileSync(target.logs.stdoutPath, "utf8").replace(/^ready /, ""));
  }

  interface Shown {
    readonly PATH: string;
    readonly NODE_OPTIONS: string;
    readonly WATERTIGHT_RUN: string;
    readonly SHOWN: string;
    readonly limits: string;
    readonly stdin: number;
    readonly cwd: string;
    readonly args: string[];
  }

  test("its environment, marked, and with nothing to read", async () => {
    const env = { SHOWN: "on {port}", NODE_OPTIONS: "--no-warnings" };
    const runId = "0b0e6a5e-1111-4000-8000-000000000000";
    const cwd = launching.folder();
    const seen = await shown({ env, cwd }, { runId, port: 1, pathAppend: ["/one", "/two"] });
    expect(seen).toMatchObject({ SHOWN: "on 1", WATERTIGHT_RUN: runId, stdin: 0, cwd, args: ["two words"] });
    expect(seen.NODE_OPTIONS).toBe("--no-warnings --debug_port=127.0.0.1:0");
    expect(seen.PATH.endsWith(":/one:/two")).toBe(true);
  });

  test.each(["auto", "marker"] as const)("its limits (%s)", async (follow) => {
    const limits = { fds: 321, processes: 54_321 };
    const seen = await shown({ limits }, follow === "marker" ? { follow } : {});
    expect(seen.limits).toMatch(/^Max open files\s+321\s+321\s/m);
    expect(seen.limits).toMatch(/^Max processes\s+54321\s+54321\s/m);
  });
});

function listening(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => resolve(server));
  });
}
