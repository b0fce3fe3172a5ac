import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import root from "otlp-proto/build/src/generated/root.js";

/** What a receiver of OTLP got, decoded by the messages that OpenTelemetry publishes. */
export interface Received {
  readonly url: string;
  readonly contentType: string | undefined;
  readonly body: Body | undefined;
}

/** As much of the two messages as tests look at; each has one half of it. */
export interface Body {
  readonly resourceMetrics: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeMetrics: readonly { readonly metrics: readonly Metric[] }[];
  }[];
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly SpanMessage[] }[];
  }[];
}

export interface Attribute {
  readonly key: string;
  readonly value: object;
}

interface Metric {
  readonly name: string;
  readonly unit: string;
  readonly gauge: {
    readonly dataPoints: readonly { readonly asDouble: number; readonly attributes: readonly Attribute[] }[];
  };
}

interface SpanMessage {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly startTimeUnixNano: number;
  readonly endTimeUnixNano: number;
  readonly status: { readonly code: string; readonly message: string };
  readonly events: readonly { readonly name: string }[];
}

interface Message {
  readonly decode: (bytes: Buffer) => unknown;
  readonly toObject: (message: unknown, options: object) => unknown;
}

interface Package {
  readonly opentelemetry: {
    readonly proto: {
      readonly collector: {
        readonly metrics: { readonly v1: { readonly ExportMetricsServiceRequest: Message } };
        readonly trace: { readonly v1: { readonly ExportTraceServiceRequest: Message } };
      };
    };
  };
}

const { collector } = (root as unknown as Package).opentelemetry.proto;
const messages: Readonly<Record<string, Message>> = {
  "/v1/metrics": collector.metrics.v1.ExportMetricsServiceRequest,
  "/v1/traces": collector.trace.v1.ExportTraceServiceRequest,
};

export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  readonly close: () => Promise<void>;
}

/** A receiver on loopback. @param answer what it says to a request; left out = 200 */
export async function receiver(answer: RequestListener = (_, response) => response.end()): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const bytes = await bodyOf(request);
    const { url = "", headers } = request;
    received.push({ url, contentType: headers["content-type"], body: decoded(url, bytes) });
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, received, close: () => closed(server) };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function decoded(url: string, bytes: Buffer): Body | undefined {
  const message = messages[url];
  return message?.toObject(message.decode(bytes), { longs: Number, bytes: String, enums: String }) as
    | Body
    | undefined;
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}
