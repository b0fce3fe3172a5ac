import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Step } from "../../src/model/scenario.js";
import { batchOf, driverOf, eventually, flowOf, runOnce } from "../fixtures/drive/drive.js";
import { type WsServer, type WsServerOptions, wsServer } from "../fixtures/drive/ws-server.js";

const nowhere = "ws://127.0.0.1:1";
let dir = "";
let server: WsServer | undefined;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "drive-"));
});
afterEach(async () => {
  rmSync(dir, { recursive: true });
  await server?.stop();
  server = undefined;
});

function exec(script: string, options: { exit?: number; withinMs?: number } = {}): Step {
  return { kind: "exec", command: ["sh", "-c", script], exit: 0, withinMs: 5000, ...options };
}

function spawn(script: string): Step {
  return { kind: "spawn", command: ["sh", "-c", script] };
}

function pidIn(name: string): number {
  try {
    return Number(readFileSync(join(dir, name), "utf8"));
  } catch {
    return 0;
  }
}

function isAlive(pid: number): boolean {
  try {
    // A killed grandchild stays a zombie until whoever adopts it has waited.
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

describe("exec", () => {
  it("lands when the program exits as declared", async () => {
    expect((await runOnce(nowhere, [exec("exit 3", { exit: 3 })])).outcome).toBe("landed");
  });

  it("fills placeholders, and says what was printed when the exit is another", async () => {
    const operation = await runOnce(nowhere, [exec('echo "port {port} {session}" >&2; exit 4')], {
      port: "77",
    });
    expect(operation.reason).toMatch(
      /^step 1 exec: exit 4 instead of exit 0; it printed port 77 [\da-f-]{36}$/,
    );
  });

  it("runs in the folder of the target", async () => {
    const step = exec('test "$PWD" = "$1"');
    const inFolder: Step = step.kind === "exec" ? { ...step, command: [...step.command, "sh", dir] } : step;
    const place = { env: process.env, cwd: dir };
    const { driver, operations } = driverOf([flowOf([inFolder])], nowhere, {
      place,
    });
    await driver.runBatch(batchOf(1));
    await driver.close();
    expect(operations[0]?.reason).toBeUndefined();
  });

  it("says when the program cannot be started", async () => {
    const step: Step = { kind: "exec", command: ["/no/such/client"], exit: 0, withinMs: 5000 };
    expect((await runOnce(nowhere, [step])).reason).toBe("step 1 exec: cannot start /no/such/client: ENOENT");
  });

  it("kills the whole group of one that takes too long", async () => {
    const script = `sleep 600 & echo $! > ${dir}/child; echo $$ > ${dir}/leader; trap '' TERM INT; wait`;
    const operation = await runOnce(nowhere, [exec(script, { withinMs: 500 })]);
    expect(operation.reason).toBe("step 1 exec: no exit within 500 ms; it printed nothing");
    expect(pidIn("child")).toBeGreaterThan(0);
    await eventually(() => !isAlive(pidIn("child")) && !isAlive(pidIn("leader")), "the end of the group");
  });

  it("kills what the program left in its group", async () => {
    await runOnce(nowhere, [exec(`sleep 600 & echo $! > ${dir}/child`)]);
    expect(pidIn("child")).toBeGreaterThan(0);
    await eventually(() => !isAlive(pidIn("child")), "the end of the child");
  });

  it("keeps only the end of a flood of output", async () => {
    const operation = await runOnce(nowhere, [
      exec("head -c 20000000 /dev/zero | tr '\\0' a; echo the end; exit 1"),
    ]);
    expect(operation.reason).toMatch(/it printed a+the end$/);
    expect(operation.reason?.length).toBeLessThan(200);
  });
});

describe("exec with output", () => {
  const output = (script: string, output: string): Step => ({
    kind: "exec",
    command: ["sh", "-c", script],
    exit: 0,
    output,
    withinMs: 5000,
  });

  it("looks for a pattern in stdout, and gives its named groups to later steps", async () => {
    const steps = [output("echo PONG id=7", "^PONG id=(?<id>\\d+)"), output("echo {id}", "^7\n$")];
    expect((await runOnce(nowhere, steps)).outcome).toBe("landed");
  });

  it("does not look into stderr, and says what was printed", async () => {
    const operation = await runOnce(nowhere, [output("echo PONG >&2", "PONG")]);
    expect(operation.reason).toBe("step 1 exec: stdout does not match PONG; it printed PONG");
  });

  it("keeps the first MiB of a flood", async () => {
    const flood = "echo first; head -c 3000000 /dev/zero; echo last";
    expect((await runOnce(nowhere, [output(flood, "^first")])).outcome).toBe("landed");
    expect((await runOnce(nowhere, [output(flood, "last")])).outcome).toBe("failed");
  });
});

describe("spawn", () => {
  it("runs beside the steps that follow, and ends with the operation", async () => {
    const seen = exec(`until [ -s ${dir}/beside ]; do sleep 0.01; done; kill -0 $(cat ${dir}/beside)`);
    const operation = await runOnce(nowhere, [spawn(`echo $$ > ${dir}/beside; exec sleep 600`), seen]);
    expect(operation.outcome).toBe("landed");
    expect(isAlive(pidIn("beside"))).toBe(false);
  });

  it("ends at once with an aborted batch", async () => {
    const controller = new AbortController();
    const { driver } = driverOf(
      [flowOf([spawn(`echo $$ > ${dir}/pid; exec sleep 600`), exec("sleep 600")])],
      nowhere,
    );
    const running = driver.runBatch({ ...batchOf(1), signal: controller.signal });
    await eventually(() => pidIn("pid") > 0, "the program");
    controller.abort();
    expect(await running).toMatchObject({ aborted: 1 });
    expect(isAlive(pidIn("pid"))).toBe(false);
  });
});

describe("http", () => {
  async function serve(http: NonNullable<WsServerOptions["http"]>): Promise<string> {
    server = await wsServer({ http });
    return server.url;
  }

  function http(step: Partial<Extract<Step, { kind: "http" }>> = {}): Step {
    return { kind: "http", method: "GET", path: "/", body: undefined, status: 200, withinMs: 5000, ...step };
  }

  it("sends method, path and body, and keeps no connection", async () => {
    const got: string[] = [];
    const url = await serve((request, response) => {
      request.on("data", (chunk) => got.push(String(chunk)));
      request.on("end", () => {
        got.push(
          `${request.method} ${request.url} ${request.headers["content-type"]} ${request.headers.connection}`,
        );
        response.writeHead(201).end("x".repeat(100_000));
      });
    });
    const step = http({ method: "POST", path: "/a?o={operation}", body: '{"f":"{flow}"}', status: 201 });
    const operation = await runOnce(url, [step]);
    expect(operation.outcome).toBe("landed");
    expect(operation.localPorts).toHaveLength(1);
    expect(got).toEqual(['{"f":"flow"}', "POST /a?o=1 application/json close"]);
  });

  it.each<[string, NonNullable<WsServerOptions["http"]>, string]>([
    ["another status", (_request, response) => response.writeHead(503).end(), "HTTP 503 instead of 200"],
    ["no answer", () => undefined, "no complete answer within 100 ms"],
    ["half an answer", (_request, response) => response.write("half"), "no complete answer within 100 ms"],
    ["a hang-up", (request) => request.socket.destroy(), "the server hung up without an answer"],
    [
      "a hang-up in mid-answer",
      (request, response) => response.write("half", () => request.socket.destroy()),
      "connection reset",
    ],
    [
      "an endless body",
      (_request, response) => {
        const more = (error?: Error | null): void => {
          if (!error) response.write("x".repeat(1_000_000), more);
        };
        more();
      },
      "response is larger than the driver takes",
    ],
  ])("says when there is %s", async (_name, answer, reason) => {
    const url = await serve(answer);
    const withinMs = reason.includes("within") ? 100 : 5000;
    expect((await runOnce(url, [http({ withinMs })])).reason).toBe(`step 1 http: ${reason}`);
  });
});
