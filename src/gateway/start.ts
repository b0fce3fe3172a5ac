import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { metricsOf, PeriodicTask, ProcessManager, ResourceMonitor } from "../lifecycle/index.js";
import { parseAgentCommand } from "./agent-command.js";
import { FileIndex } from "./file-index.js";
import { GatewayOptionError } from "./gateway-option-error.js";
import { answerHttp } from "./http.js";
import type { PlantName } from "./plants/index.js";
import { Seams } from "./seams.js";
import type { Services } from "./services.js";
import { SessionRegistry } from "./session-registry.js";
import { type Holdings, stopAll } from "./stop.js";

export interface GatewayOptions {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  /** The agent's command line, such as `goose run ?`; the word `?` is replaced by the prompt. */
  readonly agent: string;
  /** The folder whose files can be searched. */
  readonly folder: string;
  readonly indexEveryMs: number;
  readonly pingEveryMs: number;
  /** From the SIGINT of an agent to its SIGKILL; when stopping at most half of stopWithinMs. */
  readonly graceMs: number;
  readonly stopWithinMs: number;
  readonly maxProcesses: number;
  readonly plants: readonly { readonly name: PlantName; readonly rate: number }[];
  readonly log: (line: string) => void;
  /** The environment of the agents. */
  readonly env: NodeJS.ProcessEnv;
}

export interface Gateway {
  /** `http://HOST:PORT`; the WebSocket is at `/ws`. */
  readonly url: string;
  readonly port: number;
  /** Ends all sessions and agents and closes every socket, within `stopWithinMs`. Idempotent. */
  stop(): Promise<void>;
}

export interface Gateway {
  /** `http://HOST:PORT`; the WebSocket is at `/ws`. */
  readonly url: string;
  readonly port: number;
  /** Ends all sessions and agents and closes every socket, within `stopWithinMs`. Idempotent. */
  stop(): Promise<void>;
}

const maxIndexedFiles = 20_000;
const monitorEveryMs = 30_000;
/** Share of the soft limit on file descriptors. */
const refuseAboveFds = 0.9;
/** A prompt has to fit into one argument, which Linux limits to 128 KiB (execve(2), MAX_ARG_STRLEN). */
const maxPayloadBytes = 64 * 1024;

/**
 * Starts the reference chat gateway: WebSocket at `/ws`, `/healthz`, `/metrics`.
 *
 * @throws GatewayOptionError for an option that cannot work; the error of listen(2), such as EADDRINUSE.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const services = servicesOf(options);
  const metrics = metricsOf(services.monitor);
  const server = createServer(answerHttp({ metrics }));
  const sessions = new SessionRegistry(services);
  const sockets = acceptSockets(server, sessions);
  const indexing = indexingOf(options, services);
  try {
    await indexOnce(options, services);
    await listen(server, options);
  } catch (error) {
    metrics.stop();
    services.seams.uproot();
    throw error;
  }
  indexing.start();
  services.monitor.start(monitorEveryMs);
  const port = portOf(server);
  const holdings: Holdings = {
    services,
    server,
    sockets,
    sessions,
    indexing,
    stopMetrics: () => metrics.stop(),
  };
  let stopped: Promise<void> | undefined;
  return {
    url: `http://${hostInUrl(options.host)}:${port}`,
    port,
    stop: () => (stopped ??= stopAll(holdings, options.stopWithinMs)),
  };
}

function servicesOf(options: GatewayOptions): Services {
  const { folder, indexEveryMs, maxProcesses, log } = options;
  const monitor = monitorOf(log);
  return {
    agent: parseAgentCommand(options.agent),
    env: options.env,
    // Half of the time for asking, half for the kill and everything else.
    graceMs: Math.min(options.graceMs, options.stopWithinMs / 2),
    pingEveryMs: options.pingEveryMs,
    manager: new ProcessManager({ maxProcesses, monitor }),
    monitor,
    index: new FileIndex({ folder, maxFiles: maxIndexedFiles }),
    seams: new Seams({ chosen: options.plants, folder, indexEveryMs, log }),
    log,
  };
}

/** Refuses new work while some descriptors are still left to end the old with. */
function monitorOf(log: (line: string) => void): ResourceMonitor {
  const { fdLimit } = new ResourceMonitor().sample();
  return new ResourceMonitor({
    limits: { fds: fdLimit === undefined ? undefined : Math.floor(fdLimit * refuseAboveFds) },
    onThreshold: ({ resource, change, value, threshold }) => {
      log(`monitor: ${value} ${resource}, ${change} the threshold of ${threshold}`);
    },
  });
}

function acceptSockets(server: Server, sessions: SessionRegistry): WebSocketServer {
  const sockets = new WebSocketServer({
    server,
    path: "/ws",
    maxPayload: maxPayloadBytes,
    verifyClient: ({ origin, req }: { origin: string | undefined; req: IncomingMessage }) =>
      isOwnOrigin(origin, req),
  });
  sockets.on("connection", (socket: WebSocket, request) => sessions.admit(socket, request.socket));
  // Errors of the server reach listen(); without a listener they would be thrown here as well.
  sockets.on("error", () => {});
  return sockets;
}

/** Any web page may open a WebSocket to this machine, and a prompt runs a command on it. */
function isOwnOrigin(origin: string | undefined, request: IncomingMessage): boolean {
  return origin === undefined || origin === `http://${request.headers.host}`;
}

function indexingOf(options: GatewayOptions, { index, log }: Services): PeriodicTask {
  return new PeriodicTask({
    intervalMs: options.indexEveryMs,
    task: (signal) => index.refresh(signal),
    onError: (error) => log(`indexing failed: ${String(error)}`),
  });
}

async function indexOnce({ folder }: GatewayOptions, { index }: Services): Promise<void> {
  try {
    await index.refresh(new AbortController().signal);
  } catch (error) {
    throw new GatewayOptionError(
      `cannot index ${folder}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function listen(server: Server, { host, port }: GatewayOptions): Promise<void> {
  server.listen(port, host);
  await once(server, "listening");
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("the server does not listen on a port");
  return address.port;
}

function hostInUrl(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
