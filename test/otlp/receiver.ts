import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import root from "otlp-proto/build/src/generated/root.js";

/** What a receiver of OTLP got, decoded by the messages that OpenTelemetry publishes. */
export interface Received {
  readonly url: string;
  readonly contentType: string | undefined;
  readonly body: any;
}

interface Message {
  readonly decode: (bytes: Buffer) => unknown;
  readonly toObject: (message: unknown, options: object) => unknown;
}

const collector = (root as any).opentelemetry.proto.collector;
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

function decoded(url: string, bytes: Buffer): unknown {
  const message = messages[url];
  return message?.toObject(message.decode(bytes), { longs: Number, bytes: String, enums: String });
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}
