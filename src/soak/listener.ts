import { isZombie, type ProcessEntry, type ProcessIdentity, processKey } from "../model/resource.js";
import type { Target } from "../target/target.js";

type Sampled = Pick<Target, "sample">;

/**
 * The process of the target's that listens on the port: a launcher before it stays flat while it leaks. The socket
 * tables are dear, so the one that was found is kept for as long as it lives.
 */
export function listenerOf(target: Sampled, port: number): () => ProcessEntry | undefined {
  let known: ProcessEntry | undefined;
  return () => {
    if (!known || !isAlive(target, known)) {
      known = listening(target).find((entry) => portsOf(entry).includes(port));
    }
    return known;
  };
}

function isAlive(target: Sampled, { pid, startTicks }: ProcessIdentity): boolean {
  const { processes } = target.sample({ fds: false, memory: false, sockets: false });
  const key = processKey({ pid, startTicks });
  return processes.some((entry) => processKey(entry) === key && !isZombie(entry));
}

/** The ports that a process listens on, asked often: the socket tables are read only when its fds have changed. */
export function listeningPorts(target: Sampled, pid: number): () => Promise<readonly number[]> {
  let seen = "";
  let known: readonly number[] = [];
  return async () => {
    const sample = target.sample({ fds: true, memory: false, sockets: false });
    const held = sample.processes.find((entry) => entry.pid === pid)?.fds ?? [];
    const now = held.map((fd) => fd.target).join();
    if (now !== seen)
      known = listening(target)
        .filter((entry) => entry.pid === pid)
        .flatMap(portsOf);
    seen = now;
    return known;
  };
}

function listening(target: Sampled): readonly ProcessEntry[] {
  return target.sample({ fds: true, memory: false, sockets: true }).processes;
}

function portsOf(entry: ProcessEntry): number[] {
  const sockets = (entry.fds ?? []).map((fd) => fd.socket).filter((socket) => socket?.state === "LISTEN");
  return sockets.map((socket) => Number(socket?.local.split(":").at(-1)));
}
