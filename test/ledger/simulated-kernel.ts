import type { Random } from "../../src/drive/random.js";
import type { FdEntry, ProcessEntry, SessionMark, SocketEntry } from "../../src/model/resource.js";

export const bootMs = 1_000_000_000_000;
const door = "127.0.0.1:8080";

const idle = { pgid: 100, sid: 100, state: "S", threads: 1, softFdLimit: 65_536 };

/** A process of the simulated machine; its fds come and go. */
export interface Running extends Omit<ProcessEntry, "fds"> {
  readonly pid: number;
  ppid: number;
  state: string;
  command: string;
  readonly fds: Map<number, FdEntry>;
}

export interface Birth {
  readonly atMs: number;
  readonly parent: Running;
  readonly name: string;
  readonly mark?: SessionMark | undefined;
  /** It leads a session of its own; else it is of its parent's. */
  readonly leads?: boolean;
  /** The session whose leader has gone. */
  readonly group?: number;
}

/** Ports, inode numbers, PTY numbers, pids and fds, given out as Linux gives them. */
export class Kernel {
  readonly processes = new Map<number, Running>();
  readonly #accepted = new Map<number, { readonly holder: Running; readonly fd: number }>();
  readonly #clients = new Set<number>();
  readonly #random: Random;
  readonly #ports: number;
  #inode = 1000;
  #pid = 200;

  constructor(random: Random, ports: number) {
    this.#random = random;
    this.#ports = ports;
  }

  boot(pid: number, ppid: number, name: string): Running {
    const process: Running = {
      ...idle,
      pid,
      ppid,
      name,
      command: name,
      startTicks: pid,
      fds: new Map(),
    };
    this.processes.set(pid, process);
    return process;
  }

  nextPid(): number {
    return ++this.#pid;
  }

  spawn({ atMs, parent, name, mark, leads = false, group }: Birth): Running {
    const pid = this.nextPid();
    const session = leads ? pid : (group ?? parent.sid);
    const command = mark?.where === "arguments" ? `${name} --session ${mark.operation}` : name;
    const process: Running = {
      ...idle,
      pid,
      ppid: parent.pid,
      pgid: session,
      sid: session,
      name,
      command,
      startTicks: Math.floor((atMs - bootMs) / 10),
      fds: new Map(),
      ...(mark ? { mark } : {}),
    };
    this.processes.set(pid, process);
    return process;
  }

  /** Its children go to init. A zombie keeps nothing but its name. */
  end(process: Running, as: "zombie" | "reaped"): void {
    for (const other of this.processes.values()) if (other.ppid === process.pid) other.ppid = 1;
    process.fds.clear();
    if (as === "reaped") this.processes.delete(process.pid);
    else Object.assign(process, { state: "Z", command: "" });
  }

  open(holder: Running, entry: Omit<FdEntry, "fd">): FdEntry {
    let fd = 3;
    while (holder.fds.has(fd)) fd++;
    const held = { ...entry, fd };
    holder.fds.set(fd, held);
    return held;
  }

  /** @returns the client's port; an old end of the target's with the same two addresses is reset, and leaves the table. */
  connect(holder: Running, ports = this.#ports): { readonly port: number; readonly fd: number } {
    if (this.#clients.size >= ports) throw new RangeError("no port is free");
    let port = 40_000 + Math.floor(this.#random() * ports);
    while (this.#clients.has(port)) port = 40_000 + ((port + 1 - 40_000) % ports);
    this.#clients.add(port);
    const old = this.#accepted.get(port);
    const before = old?.holder.fds.get(old.fd);
    if (old && before?.socket?.peer.endsWith(`:${port}`)) {
      const { socket, ...bare } = before;
      if (socket) old.holder.fds.set(old.fd, bare);
    }
    const { fd } = this.open(holder, this.socket({ local: door, peer: `127.0.0.1:${port}` }));
    this.#accepted.set(port, { holder, fd });
    return { port, fd };
  }

  hangUp(port: number): void {
    this.#clients.delete(port);
  }

  socket(more: Partial<SocketEntry>): Omit<FdEntry, "fd"> {
    const inode = ++this.#inode;
    const empty: SocketEntry = { protocol: "tcp", inode, state: "ESTABLISHED", local: "", peer: "" };
    const socket = { ...empty, ...more };
    return { target: `socket:[${inode}]`, inode, socket };
  }

  pipe(): Omit<FdEntry, "fd"> {
    const inode = ++this.#inode;
    return { target: `pipe:[${inode}]`, inode };
  }

  /** The lowest that no one holds. */
  freePts(): number {
    const held = new Set([...this.processes.values()].flatMap(({ fds }) => [...fds.values()].map(ptsOf)));
    let number = 0;
    while (held.has(number)) number++;
    return number;
  }

  look(): ProcessEntry[] {
    return [...this.processes.values()].map(({ fds, state, ...process }) => ({
      ...process,
      state,
      ...(state === "Z" ? {} : { fds: [...fds.values()], fdCount: fds.size }),
    }));
  }
}

function ptsOf({ target, ptsNumber }: FdEntry): number | undefined {
  const slave = /^\/dev\/pts\/(\d+)/.exec(target)?.[1];
  return ptsNumber ?? (slave === undefined ? undefined : Number(slave));
}
