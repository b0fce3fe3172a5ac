import { isZombie, type ProcessEntry, processKey } from "../model/resource.js";
import { listensAt, type Place } from "../target/listening.js";
import type { Target } from "../target/target.js";
import { listenersOf } from "./listeners.js";

type Sampled = Pick<Target, "sample">;

const plain = { fds: false, memory: false, sockets: false } as const;

/**
 * The process of the target's that listens at the place: a launcher before it stays flat while it leaks. The socket
 * tables are dear, so the one that was found is kept for as long as it lives.
 */
export function listenerOf(target: Sampled, place: Place): () => ProcessEntry | undefined {
  let known: string | undefined;
  return () => {
    const alive = target.sample(plain).processes.filter((entry) => !isZombie(entry));
    const same = alive.find((entry) => processKey(entry) === known);
    if (same) return same;
    const { processes } = target.sample({ fds: true, memory: false, sockets: true });
    const holder = processes.find((entry) => listensAt(entry, place));
    known = holder && processKey(holder);
    return alive.find((entry) => processKey(entry) === known);
  };
}

/** The ports that a process listens on, asked often: the socket tables are read only when its fds have changed. */
export function listeningPorts(target: Sampled, pid: number): () => Promise<readonly number[]> {
  let seen = "";
  let known: readonly number[] = [];
  return async () => {
    const sample = target.sample({ fds: true, memory: false, sockets: false });
    const held = sample.processes.find((entry) => entry.pid === pid)?.fds ?? [];
    const now = held.map((fd) => fd.target).join();
    if (now !== seen) {
      const own = listenersOf(target).filter((listener) => listener.pid === pid);
      known = own.map((listener) => listener.port);
    }
    seen = now;
    return known;
  };
}
