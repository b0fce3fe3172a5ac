import { readFileSync } from "node:fs";
import { createServer as createTcpServer } from "node:net";
import { createServer, type RequestListener } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import type { Gap } from "../../src/model/reading.js";
import { attachGo } from "../../src/probe/go-pprof.js";
import type { Probe } from "../../src/probe/probe.js";
import { clock, never, until } from "./fixtures.js";
import { answer, answering, serve, sockets, stopServing } from "./serving.js";

afterEach(stopServing);

function recorded(name: string): string {
  return readFileSync(new URL(`recorded/${name}.txt`, import.meta.url), "utf8");
}

const brief = "/debug/pprof/goroutine?debug=1";
const full = "/debug/pprof/goroutine?debug=2";
const heap = "/debug/pprof/heap?debug=1&gc=1";
const vars = "/debug/vars";

const sound: Readonly<Record<string, RequestListener>> = {
  [brief]: answer(recorded("goroutine-debug1")),
  [full]: answer(recorded("goroutine-debug2")),
  [heap]: answer(recorded("heap-debug1")),
};

async function tryAttach(answers: Readonly<Record<string, RequestListener>>, limitMs = 5000) {
  const origin = await serve(answering(answers));
  return attachGo({ endpoint: `${origin}/debug/pprof/`, owner: () => 7, clock, limitMs });
}

/** A probe whose target goes wrong only after it was attached. */
async function attached(later: Readonly<Record<string, RequestListener>>, limitMs = 5000): Promise<Probe> {
  const answers = { ...sound };
  const probe = sure(await tryAttach(answers, limitMs));
  Object.assign(answers, later);
  return probe;
}

function sure(outcome: Probe | Gap): Probe {
  if ("sample" in outcome) return outcome;
  throw new Error(outcome.why);
}

const look = { collect: true, signal: never };

describe("a Go program with pprof", () => {
  it("tells goroutines by who started them, live memory and what it publishes, and is left alone", async () => {
    const probe = sure(
      await tryAttach({
        ...sound,
        [vars]: answer('{"jobs": 3, "memstats": {"Alloc": 1}, "cmdline": ["a"]}'),
      }),
    );
    const sample = await probe.sample(look);
    expect(sample).toMatchObject({
      probe: "go",
      pid: 7,
      tasks: 7,
      tasksByType: { "created by main.(*hub).serve at main.go:30": 3 },
      liveBytes: expect.any(Number),
      collected: true,
      values: { jobs: 3 },
      gaps: [],
    });
    expect(sample).not.toHaveProperty("origins");
    expect(Object.keys(sample.values ?? {})).toEqual(["jobs"]);
    await until(() => sockets.size === 0);
    await probe.close();
  });

  it("tells where all that was made where that is asked for", async () => {
    const { origins = [] } = await (await attached({})).sample({ ...look, origins: true });
    expect(origins).toContainEqual(expect.objectContaining({ kind: "task", count: 3 }));
    expect(origins.find(({ kind }) => kind === "memory")?.stack[0]?.name).toBe("main.(*hub).serve");
  });

  it("takes the lowest of three looks when there are more than before", async () => {
    const extra = "\ngoroutine 99 [running]:\nmain.brief()\n\t/src/m.go:1 +0x1\n";
    const dumps = [0, 3, 1, 2, 0].map((more) => recorded("goroutine-debug2") + extra.repeat(more));
    const probe = await attached({ [full]: (...to) => answer(dumps.shift() ?? "")(...to) });
    // The first sample has nothing before it, and the last no more than before.
    expect((await probe.sample(look)).tasks).toBe(7);
    expect((await probe.sample(look)).tasks).toBe(8);
    expect((await probe.sample(look)).tasks).toBe(7);
    expect(dumps).toEqual([]);
  });

  it("counts by stack only what are too many to be told one by one, unless origins are asked for", async () => {
    const many = "goroutine profile: total 20000\n20000 @ 0x1\n#\t0x1\tmain.f+0x1\t/src/m.go:1\n";
    const probe = await attached({ [brief]: answer(many) });
    expect((await probe.sample(look)).tasksByType).toEqual({ "in main.f at m.go:1": 20_000 });
    expect((await probe.sample({ ...look, origins: true })).tasks).toBe(7);
  });

  it("counts those whose maker is not told, since Go stops at 64 MiB", async () => {
    const one = "goroutine 1 [select]:\nmain.f()\n\t/src/m.go:1 +0x1\n\n";
    const text = one.repeat(Math.ceil((64 * 1024 ** 2) / one.length)).slice(0, 64 * 1024 ** 2);
    const total = 2_000_000;
    const many = `goroutine profile: total ${total}\n${total} @ 0x1\n#\t0x1\tmain.f+0x1\t/src/m.go:1\n`;
    const probe = await attached({ [full]: answer(text), [brief]: answer(many) }, 60_000);
    const sample = await probe.sample({ ...look, origins: true });
    expect(sample.tasks).toBe(total);
    const told = Math.floor(text.length / one.length);
    expect(sample.tasksByType).toEqual({ "in main.f at m.go:1": told, elsewhere: total - told });
    expect(sample.gaps[0]?.why).toBe(`who started them is told of only ${told} of ${total} goroutines`);
  }, 60_000);
});

const faults: [string, RequestListener, RegExp][] = [
  ["404", (_, response) => response.writeHead(404).end(), /HTTP status 404/],
  ["401", (_, response) => response.writeHead(401).end(), /HTTP status 401/],
  ["HTML", answer("<html>", "text/html"), /not a profile but text\/html/],
  ["HTML under a false name", answer("<html>\n"), /<html>/],
  ["an empty text", answer(""), /no goroutine|not a goroutine profile/],
  ["no type", (_, response) => response.end("x"), /not a profile but of no type/],
  [
    "garbage",
    answer(`goroutine 1 [x]:\n\n${"\u0000\u0001\u0002".repeat(999)}\n`),
    /is no goroutine|not a goroutine/,
  ],
  ["one long line", answer("goroutine ".repeat(200_000)), /longer than 64 KiB|not a goroutine profile/],
  ["hanging up at once", (request) => request.socket.destroy(), /socket hang up|ECONNRESET/],
  ["ending early", endEarly, /aborted|terminated|ECONNRESET/],
  ["a last line in half", answer("goroutine 1 [select]:\nmain.f("), /cut short|not a goroutine profile/],
  ["no end", flood, /longer than (16|64) MiB/],
];

describe("a Go program whose pprof goes wrong", () => {
  it.each(faults)("is not attached to on %s, with the reason", async (_, fault, why) => {
    const outcome = await tryAttach({ [brief]: fault });
    expect(outcome).toEqual({
      what: expect.stringContaining("/debug/pprof/"),
      why: expect.stringMatching(why),
    });
    await until(() => sockets.size === 0);
  });

  it.each(faults)("loses its goroutines on %s, not its memory", async (_, fault, why) => {
    const sample = await (await attached({ [full]: fault }, 30_000)).sample(look);
    expect(sample).not.toHaveProperty("tasks");
    expect(sample.liveBytes).toBeGreaterThan(0);
    expect(sample.gaps).toEqual([
      { what: expect.stringContaining("/debug/pprof/"), why: expect.stringMatching(why), pid: 7 },
    ]);
    await until(() => sockets.size === 0);
  });

  it.each(faults.filter(([name]) => !/empty|early|half|garbage|long line|HTML under|no end/.test(name)))(
    "loses its memory on %s, not its goroutines",
    async (_, fault, why) => {
      const sample = await (await attached({ [heap]: fault })).sample(look);
      expect(sample.tasks).toBe(7);
      expect(sample).not.toHaveProperty("liveBytes");
      expect(sample.gaps).toMatchObject([{ why: expect.stringMatching(why) }]);
    },
  );

  it("is given up after three samples without an answer", async () => {
    let asked = 0;
    const hang: RequestListener = () => void asked++;
    const probe = await attached({ [brief]: hang, [full]: hang, [heap]: hang }, 50);
    for (let n = 0; n < 3; n++) {
      const { gaps } = await probe.sample(look);
      expect(gaps[0]?.why).toMatch(/no answer within/);
    }
    await until(() => sockets.size === 0);
    const before = asked;
    expect((await probe.sample(look)).gaps).toMatchObject([{ why: expect.stringMatching(/^lost for good/) }]);
    expect(asked).toBe(before);
  });

  it.each([
    ["it never answers", createServer(() => {})],
    ["it does not speak HTTP", createTcpServer((socket) => socket.resume())],
  ])("is not attached to when %s", async (_, server) => {
    const endpoint = `${await serve(server)}/debug/pprof/`;
    const outcome = await attachGo({ endpoint, owner: () => undefined, clock, limitMs: 50 });
    expect(outcome).toEqual({ what: `pprof at ${endpoint}`, why: "no answer within 50 ms" });
    await until(() => sockets.size === 0);
  });

  it("is left at once when the run is aborted", async () => {
    const probe = await attached({ [full]: () => {} });
    const { gaps } = await probe.sample({ collect: true, signal: AbortSignal.abort() });
    expect(gaps.map(({ why }) => why)).toEqual(["aborted", "aborted"]);
  });
});

function endEarly(...[, response]: Parameters<RequestListener>): void {
  response.writeHead(200, { "content-type": "text/plain", "content-length": "100000" });
  response.write("goroutine 1 [select]:\n", () => response.destroy());
}

function flood(...[, response]: Parameters<RequestListener>): void {
  response.writeHead(200, { "content-type": "text/plain" });
  const part = Buffer.from("goroutine 1 [select]:\nmain.f()\n\t/src/m.go:1 +0x1\n\n".repeat(20_000));
  const more = (): void => {
    if (!response.destroyed) response.write(part, () => setImmediate(more));
  };
  more();
}
