import { afterEach, describe, expect, it } from "vitest";
import type { StepOf } from "../../src/drive/step-of.js";
import type { Step } from "../../src/model/scenario.js";
import { connect, close, driverOf, batchOf, expectText, flowOf, runOnce } from "../fixtures/drive/drive.js";
import { type HttpServer, httpServer } from "../fixtures/drive/http-server.js";
import { textOf, type WsServer, wsServer } from "../fixtures/drive/ws-server.js";

let server: HttpServer | WsServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function serve(answer: Parameters<typeof httpServer>[0]): Promise<HttpServer & { url: string }> {
  const started = await httpServer(answer);
  server = started;
  return { ...started, url: `http://127.0.0.1:${started.port}` };
}

function http(more: Partial<StepOf<"http">>): StepOf<"http"> {
  return { kind: "http", method: "GET", path: "/", body: undefined, status: 200, withinMs: 5000, ...more };
}

describe("what an http step sends", () => {
  it("is headers, and a body of JSON or text that is told as such unless the scenario says it", async () => {
    const { url, asked } = await serve((_, response) => response.end("ok"));
    const post = { method: "POST", headers: { "x-flow": "{flow}" } };
    await runOnce(url, [
      http({ ...post, body: '{"s":"{operation}"}' }),
      http({ ...post, body: "plain" }),
      http({ ...post, body: "<a/>", headers: { "Content-Type": "text/xml" } }),
    ]);
    expect(asked.map(({ body, headers }) => [headers["content-type"], body])).toEqual([
      ["application/json", '{"s":"1"}'],
      ["text/plain; charset=utf-8", "plain"],
      ["text/xml", "<a/>"],
    ]);
    expect(asked[0]?.headers["x-flow"]).toBe("flow");
  });

  it("may be a form", async () => {
    const { url, asked } = await serve((_, response) => response.end("ok"));
    await runOnce(url, [http({ method: "POST", form: { user: "a&b", id: "{operation}" } })]);
    expect(asked[0]).toMatchObject({ body: "user=a%26b&id=1" });
    expect(asked[0]?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  });

  it("stays with the host of the target, whatever a server put into a variable", async () => {
    const { url, asked } = await serve((_, response) => response.end('{"to":"/127.0.0.2:9/x"}'));
    const steps = [http({ capture: { to: { from: "json", path: "to" } } }), http({ path: "/{to}" })];
    expect((await runOnce(url, steps)).outcome).toBe("landed");
    expect(asked[1]?.url).toBe("//127.0.0.2:9/x");
  });
});

describe("what an http step looks at", () => {
  it.each<[string, Partial<StepOf<"http">>, string | undefined]>([
    ["a status of a list", { status: [200, 418] }, undefined],
    ["another status", { status: [200, 201] }, "HTTP 418 instead of 200 or 201"],
    ["a body that matches", { status: 418, match: '"ok"\\s*:\\s*true' }, undefined],
    [
      "a body that does not",
      { status: 418, match: "^ok" },
      'the body does not match ^ok; it was {"ok": true}',
    ],
    [
      "JSON that is not there",
      { status: 418, capture: { a: { from: "json", path: "b.0" } } },
      'nothing to capture at json b.0; the answer was {"ok": true}',
    ],
    [
      "a header that is not there",
      { status: 418, capture: { a: { from: "header", name: "X-No" } } },
      'nothing to capture at header X-No; the answer was {"ok": true}',
    ],
  ])("%s", async (_, more, reason) => {
    const { url } = await serve((_request, response) => response.writeHead(418).end('{"ok": true}'));
    const operation = await runOnce(url, [http(more)]);
    expect(operation.reason).toBe(reason === undefined ? undefined : `step 1 http: ${reason}`);
  });

  it("gives variables to later steps: of JSON, of a header, of a pattern's first group and of its named ones", async () => {
    const { url, asked } = await serve((_, response) =>
      response.setHeader("Mcp-Session-Id", "m-7").end('{"a":{"b":[{"c":5}]},"text":"id=42; name=\\"ada\\""}'),
    );
    const capture = {
      c: { from: "json", path: "a.b.0.c" },
      sid: { from: "header", name: "mcp-session-id" },
      n: { from: "regex", pattern: "id=(\\d+)" },
    } as const;
    const steps = [
      http({ capture, match: 'name=."(?<who>\\w+)' }),
      http({ method: "POST", path: "/{n}?w={who}", headers: { sid: "{sid}" }, body: '{"c":"{c}"}' }),
    ];
    expect((await runOnce(url, steps)).outcome).toBe("landed");
    expect(asked[1]).toMatchObject({ url: "/42?w=ada", body: '{"c":"5"}' });
    expect(asked[1]?.headers["sid"]).toBe("m-7");
  });

  it("is the beginning of a body that does not end soon", async () => {
    const { url } = await serve((_, response) => {
      response.write("x".repeat(3 * 1024 ** 2));
      response.end("id=1");
    });
    const operation = await runOnce(url, [http({ match: "id=1" })]);
    expect(operation.reason).toMatch(/^step 1 http: the body does not match id=1; it was x+…$/);
  });
});

describe("cookies", () => {
  const login = http({ path: "/login/form" });
  const set = (cookies: string[]): Parameters<typeof httpServer>[0] => {
    return ({ url }, response) =>
      url === "/login/form" ? response.setHeader("Set-Cookie", cookies).end("ok") : response.end();
  };

  it("of an answer are sent by the steps to come, each to its path, for as long as it is to live", async () => {
    const { url, asked } = await serve(
      set([
        "a=1; Path=/; HttpOnly",
        "b=2; path=/app",
        "c=3",
        "d=4; Max-Age=0",
        "e=5; expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "=6",
      ]),
    );
    await runOnce(url, [
      login,
      http({ path: "/" }),
      http({ path: "/app/x?y" }),
      http({ path: "/login" }),
      http({ path: "/application" }),
    ]);
    expect(asked.map(({ headers }) => headers.cookie)).toEqual([
      undefined,
      "a=1",
      "b=2; a=1",
      "c=3; a=1",
      "a=1",
    ]);
  });

  it("go as the next answer says, and not where the scenario has its own", async () => {
    let answers = 0;
    const { url, asked } = await serve((_, response) => {
      answers += 1;
      response.setHeader("Set-Cookie", answers === 1 ? ["sid=1; Path=/"] : ["sid=; Path=/; Max-Age=0"]).end();
    });
    await runOnce(url, [http({}), http({ headers: { Cookie: "own=1" } }), http({})]);
    expect(asked.map(({ headers }) => headers.cookie)).toEqual([undefined, "own=1", undefined]);
  });

  it("belong to one session", async () => {
    const { url, asked } = await serve(set(["a=1; Path=/"]));
    const { driver } = driverOf([flowOf([login, http({})])], url);
    await driver.runBatch(batchOf(2));
    await driver.close();
    expect(asked.map(({ headers }) => headers.cookie)).toEqual([undefined, "a=1", undefined, "a=1"]);
  });

  it("are sent with the handshake of a WebSocket", async () => {
    const started = await wsServer({
      http: (_, response) => response.setHeader("Set-Cookie", "sid=9").end(),
    });
    server = started;
    const steps: Step[] = [http({}), { ...connect, headers: { "x-y": "1" } }, close];
    expect((await runOnce(started.url, steps)).outcome).toBe("landed");
    expect(started.seen[0]?.headers).toMatchObject({ cookie: "sid=9", "x-y": "1" });
  });
});

describe("variables of frames", () => {
  it("come of named groups and of captures, and are known to a frame that came before them", async () => {
    const started = await wsServer({
      session: (ws) => {
        ws.send("job 7 done");
        ws.send("hello id=42");
        ws.on("message", (data) => ws.send(`{"got":${JSON.stringify(textOf(data))}}`));
      },
      http: (_, response) => response.end('{"job":7}'),
    });
    server = started;
    const operation = await runOnce(started.url, [
      connect,
      http({ capture: { job: { from: "json", path: "job" } } }),
      expectText("job {job} done"),
      { kind: "expect", match: { kind: "matches", pattern: "id=(?<id>\\d+)" }, withinMs: 5000 },
      { kind: "send", data: "mine is {id}" },
      {
        kind: "expect",
        match: { kind: "any" },
        capture: { got: { from: "json", path: "got" } },
        withinMs: 5000,
      },
      { kind: "send", data: "again: {got}" },
      { kind: "expect", match: { kind: "json", fields: { got: "again: {got}" } }, withinMs: 5000 },
      close,
    ]);
    expect(operation.reason).toBeUndefined();
    expect(started.seen[0]?.frames).toEqual(["mine is 42", "again: mine is 42"]);
  });

  it("fail their step where the frame has none", async () => {
    const started = await wsServer({ session: (ws) => ws.send('{"a":1}') });
    server = started;
    const capture = { b: { from: "json", path: "b" } } as const;
    const step: Step = { kind: "expect", match: { kind: "any" }, capture, withinMs: 5000 };
    expect((await runOnce(started.url, [connect, step])).reason).toBe(
      'step 2 expect: nothing to capture at json b; the answer was {"a":1}',
    );
  });
});
