import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTcpServer, type Server as TcpServer, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { ProbeSample } from "../../src/model/snapshot.js";
import { attachPrometheus } from "../../src/probe/prometheus.js";
import { clock, never, until } from "./fixtures.js";

const servers: TcpServer[] = [];
const sockets = new Set<Socket>();

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function serve(server: Server | TcpServer): Promise<string> {
  servers.push(server);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}/metrics`;
}

function answer(text: string, type = "text/plain; version=0.0.4"): RequestListener {
  return (_, response) => response.writeHead(200, { "content-type": type }).end(text);
}

async function sampleOf(server: Server | TcpServer, limitMs = 5000): Promise<ProbeSample> {
  const url = await serve(server);
  return attachPrometheus({ url, clock, limitMs }).sample({ collect: true, signal: never });
}

const node = `
nodejs_active_resources{type="Timeout"} 3
nodejs_active_resources{type="TCPSocketWrap"} 4
nodejs_active_resources_total 7
nodejs_heap_size_used_bytes 1000
nodejs_external_memory_bytes 200
process_resident_memory_bytes 99999
process_open_fds 21
`;

describe("a Prometheus endpoint", () => {
  it("tells tasks, fds and live memory, and is left with no connection", async () => {
    const sample = await sampleOf(createServer(answer(node)));
    expect(sample).toEqual({
      probe: "prometheus",
      tasks: 7,
      tasksByType: { Timeout: 3, TCPSocketWrap: 4 },
      fds: 21,
      liveBytes: 1200,
      collected: false,
      gaps: [],
    });
    await until(() => sockets.size === 0);
  });

  it("may speak OpenMetrics, or name no type", async () => {
    const type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    expect((await sampleOf(createServer(answer("go_goroutines 9\n# EOF\n", type)))).tasks).toBe(9);
    const untyped = createServer((_, response) => response.end("go_goroutines 8\n"));
    expect((await sampleOf(untyped)).tasks).toBe(8);
  });

  it.each<[string, RequestListener, RegExp]>([
    ["404", (_, response) => response.writeHead(404).end(), /HTTP status 404/],
    ["HTML", answer("<html>up 1</html>", "text/html"), /not metrics but text\/html/],
    ["HTML under a false name", answer("<html>"), /line 1 is no metric: "<html>"/],
    ["metrics of other things", answer("up 1\n"), /none of the well-known metrics/],
    ["an empty text", answer(""), /none of the well-known metrics/],
    ["hanging up at once", (request) => request.socket.destroy(), /socket hang up|ECONNRESET/],
    ["ending early", endEarly, /aborted|terminated|ECONNRESET/],
    ["no end", flood, /longer than 8 MiB/],
  ])("leaves a gap on %s", async (_, listener, why) => {
    const { gaps, ...rest } = await sampleOf(createServer(listener));
    expect(rest).toEqual({ probe: "prometheus" });
    expect(gaps).toEqual([{ what: expect.stringContaining("/metrics"), why: expect.stringMatching(why) }]);
    await until(() => sockets.size === 0);
  });

  it.each<[string, Server | TcpServer]>([
    ["it never answers", createServer(() => {})],
    ["it drips", createServer((_, response) => response.writeHead(200).write("up"))],
    ["it does not speak HTTP but listens", createTcpServer((socket) => socket.resume())],
  ])("leaves a gap at the time limit when %s, and no connection", async (_, server) => {
    const { gaps } = await sampleOf(server, 100);
    expect(gaps[0]?.why).toBe("no answer within 100 ms");
    await until(() => sockets.size === 0);
  });

  it("goes by the names of the scenario, and names the one that is not there", async () => {
    const url = await serve(createServer(answer("my_tasks 4\ngo_goroutines 9\nprocess_open_fds 7\n")));
    const named = { tasks: "my_tasks", liveBytes: "my_heap" };
    const sample = await attachPrometheus({ url, named, clock }).sample({ collect: true, signal: never });
    expect(sample).toMatchObject({ tasks: 4, fds: 7, liveBytes: undefined });
    expect(sample.gaps).toEqual([
      { what: url, why: "the metric my_heap, which the scenario names, is not there" },
    ]);
  });

  it("leaves a gap when nobody listens, and when it is aborted", async () => {
    const url = await serve(createServer(() => {}));
    const probe = attachPrometheus({ url, clock });
    const aborted = await probe.sample({ collect: false, signal: AbortSignal.abort() });
    expect(aborted.gaps).toEqual([{ what: url, why: "aborted" }]);
    await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
    const refused = await probe.sample({ collect: false, signal: never });
    expect(refused.gaps[0]?.why).toMatch(/ECONNREFUSED/);
    await probe.close();
  });
});

const endEarly: RequestListener = (_, response) => {
  response.writeHead(200, { "content-type": "text/plain", "content-length": "1000" });
  response.write("up 1\n", () => response.destroy());
};

const flood: RequestListener = (_, response) => {
  response.writeHead(200, { "content-type": "text/plain" });
  const line = Buffer.from("up 1\n".repeat(20_000));
  const more = (): void => {
    if (!response.destroyed) response.write(line, () => setImmediate(more));
  };
  more();
};
