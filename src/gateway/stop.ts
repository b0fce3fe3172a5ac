import type { Server } from "node:http";
import type { WebSocketServer } from "ws";
import type { PeriodicTask } from "../lifecycle/index.js";
import type { Services } from "./services.js";
import type { SessionRegistry } from "./session-registry.js";

/** All that a running gateway holds. */
export interface Holdings {
  readonly services: Services;
  readonly server: Server;
  readonly sockets: WebSocketServer;
  readonly sessions: SessionRegistry;
  readonly indexing: PeriodicTask;
  readonly stopMetrics: () => void;
}

/** Gives everything back; what is not given back within the time is cut off, and said. */
export async function stopAll(holdings: Holdings, withinMs: number): Promise<void> {
  const { server, services } = holdings;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const inTime = await within(giveBack(holdings), withinMs);
  if (!inTime) services.log(`stop: not done within ${withinMs} ms; cutting off what is left`);
  services.seams.uproot();
  for (const socket of holdings.sockets.clients) socket.terminate();
  server.closeAllConnections();
  await closed;
}

async function giveBack({ services, sessions, indexing, stopMetrics, sockets }: Holdings): Promise<void> {
  const { manager, monitor, graceMs, log } = services;
  sockets.close();
  await sessions.close();
  await manager.shutdown(graceMs).catch((error: unknown) => log(`stop: ${String(error)}`));
  await indexing.stop();
  await monitor.stop();
  stopMetrics();
}

/** Whether the work was done in time; it is not awaited any longer. */
async function within(work: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
