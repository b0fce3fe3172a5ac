import { sample } from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { send } from "../../src/otlp/send.js";
import { measuresOf } from "../../src/report/measures.js";
import { tame } from "../../src/report/tame.js";
import { hostileText, saying } from "../report/hostile.js";
import { reported } from "../report/reported.js";
import { attributed } from "../report/finding-samples.js";
import { scenario } from "../report/samples.js";
import { recordOf } from "../judge/record-builder.js";
import { type Attribute, type Body, receiver, type Receiver } from "./receiver.js";

const open: Receiver[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function receive(...args: Parameters<typeof receiver>): Promise<Receiver> {
  const one = await receiver(...args);
  open.push(one);
  return one;
}

async function sent(results: Parameters<typeof reported>[0], to: Receiver, withinMs = 10_000) {
  const told = reported(results);
  const started = { type: "started", atMs: 1500, pid: 1, tookMs: 1, follow: "marker", probes: [] } as const;
  const runs = told.runs.map((run) => {
    const { scenario } = run.record.run;
    const recorded = recordOf({ batches: 8 });
    return { ...run, record: { ...recorded, started, run: { ...recorded.run, scenario } } };
  });
  const report = { ...told, runs };
  const addresses = { metrics: `${to.url}/v1/metrics`, traces: `${to.url}/v1/traces` };
  return send({ report, measures: measuresOf(report), tell: tame }, { to: addresses, withinMs });
}

function bodyOf({ received }: Receiver, url: string): Body {
  const found = received.find((one) => one.url === url);
  if (!found?.body) throw new Error(`nothing came to ${url}`);
  return found.body;
}

/** Ids are random: each is told by when it first came. Times of the metrics are those of the sending. */
function named(): (key: string, value: unknown) => unknown {
  const ids: unknown[] = [];
  return (key, value) => {
    if (key.endsWith("UnixNano") && Number(value) > 1e18) return "now";
    if (!/^(trace|span|parentSpan)Id$/.test(key) || value === undefined) return value;
    if (!ids.includes(value)) ids.push(value);
    return `${key === "traceId" ? "trace" : "span"} ${ids.indexOf(value)}`;
  };
}

function attributesOf(attributes: readonly Attribute[] = []): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}

describe("send", () => {
  it("sends every measure, in protobuf, under the name and version of the tool", async () => {
    const to = await receive();
    expect(await sent([attributed()], to)).toEqual({ metrics: undefined, traces: undefined });
    expect(to.received.map(({ contentType }) => contentType)).toEqual(
      Array(2).fill("application/x-protobuf"),
    );
    const [first] = bodyOf(to, "/v1/metrics").resourceMetrics;
    expect(attributesOf(first?.resource.attributes)).toEqual({
      "service.name": "watertight",
      "service.version": "0.1.0",
    });
    const metrics = first?.scopeMetrics[0]?.metrics ?? [];
    expect(metrics.map(({ name }) => name)).toEqual(
      measuresOf(reported([attributed()])).map(({ name }) => `watertight.${name}`),
    );
    const exhaustion = metrics.find(({ name }) => name === "watertight.exhaustion");
    expect(exhaustion?.unit).toBe("s");
    const [point] = exhaustion?.gauge.dataPoints ?? [];
    expect(point?.asDouble).toBeCloseTo(3.4 * 3600);
    expect(attributesOf(point?.attributes)).toEqual({
      scenario: "goose-churn",
      target: "node server.js {port}",
      criterion: "ptys",
      bound: "estimate",
    });
  });

  it("sends a span for the run, with its leaks, and in it one for each phase, with its batches", async () => {
    const to = await receive();
    await sent([attributed(), scenario()], to);
    const spans = bodyOf(to, "/v1/traces").resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
    const [run, ...others] = spans.filter(({ name }) => name.startsWith("run "));
    expect(others.map(({ name, status }) => [name, status.code])).toEqual([
      ["run goose-churn", "STATUS_CODE_OK"],
    ]);
    expect(run?.status).toEqual({ message: "something leaks", code: "STATUS_CODE_ERROR" });
    expect(run?.events.map(({ name }) => name)).toEqual(["leak"]);
    const phases = spans.filter(({ parentSpanId }) => parentSpanId === run?.spanId);
    expect(phases.map(({ name }) => name)).toEqual(["start", "warm-up", "baseline", "load", "drain", "stop"]);
    const load = phases.find(({ name }) => name === "load");
    expect(load?.events).toHaveLength(8);
    expect(spans.every((span) => span.endTimeUnixNano >= span.startTimeUnixNano)).toBe(true);
    expect(phases.every(({ traceId }) => traceId === run?.traceId)).toBe(true);
  });

  it("sends what it sent last time", async () => {
    const to = await receive();
    await sent([attributed()], to);
    const got = JSON.stringify([bodyOf(to, "/v1/metrics"), bodyOf(to, "/v1/traces")], named(), 1);
    await expect(`${got}\n`).toMatchFileSnapshot("golden/sent.json");
  });

  it("sends texts that any reader can decode, whatever the target says", async () => {
    const to = await receive();
    for (const text of sample(hostileText, 15)) await sent(saying(text), to);
    expect(to.received).toHaveLength(30);
    expect(JSON.stringify(to.received)).not.toMatch(/\\u001b|\\ud[89a-f]|\\u0000|\u202e/);
  });

  it("tries again where the receiver says so", async () => {
    let asked = 0;
    const to = await receive((request, response) => {
      asked++;
      if (request.url === "/v1/metrics" && asked < 3) response.writeHead(503, { "retry-after": "0" });
      response.end();
    });
    expect((await sent([scenario()], to)).metrics).toBeUndefined();
    expect(to.received.filter(({ url }) => url === "/v1/metrics").length).toBeGreaterThan(1);
  });

  it("says what the receiver answered where that is final", async () => {
    const to = await receive((request, response) => {
      response.writeHead(request.url === "/v1/traces" ? 404 : 401).end("no");
    });
    const { metrics, traces } = await sent([scenario()], to);
    expect(metrics).toMatchObject({ code: 401 });
    expect(traces).toMatchObject({ code: 404 });
  });

  it("gives up in time where nobody answers", async () => {
    const to = await receive(() => undefined);
    const { metrics, traces } = await sent([scenario()], to, 400);
    expect([metrics, traces].map((error) => error?.message)).toEqual(Array(2).fill("Request timed out"));
  });
});
