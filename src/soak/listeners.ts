import type { ProcessEntry } from "../model/resource.js";
import type { Target } from "../target/target.js";

/** A port that a process of the target listens on. */
export interface Listener {
  readonly pid: number;
  readonly startTicks: number;
  readonly port: number;
  /** How it is reached on loopback, for a URL; undefined = it is not. */
  readonly host: string | undefined;
}

/** All ports of the tree. */
export function listenersOf(target: Pick<Target, "sample">): Listener[] {
  return target.sample({ fds: true, memory: false, sockets: true }).processes.flatMap(listenersIn);
}

function listenersIn({ pid, startTicks, fds }: ProcessEntry): Listener[] {
  return (fds ?? []).flatMap(({ socket }) => {
    if (socket?.state !== "LISTEN" || socket.protocol === "unix") return [];
    const colon = socket.local.lastIndexOf(":");
    const host = loopbackOf(socket.local.slice(0, colon));
    return [{ pid, startTicks, port: Number(socket.local.slice(colon + 1)), host }];
  });
}

function loopbackOf(address: string): string | undefined {
  if (address === "0.0.0.0" || address === "[::]") return "127.0.0.1";
  return address === "[::1]" || address.startsWith("127.") ? address : undefined;
}
