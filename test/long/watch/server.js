// A server under sessions that nobody paces: what it holds, and what it leaks.

/** What one session uses beside its connection, by the kinds that the server's fds have. */
export const uses = {
  none: [],
  file: ["/dev/null"],
  pipes: ["pipe", "pipe", "pipe"],
  agent: ["pipe", "pipe", "/dev/ptmx"],
};

/** Holds fds by the lowest free number, as a kernel hands them out. */
export class Server {
  constructor({ pid = 100, startTicks = 1000, constants = 20 } = {}) {
    this.pid = pid;
    this.startTicks = startTicks;
    this.fds = new Map();
    this.free = [];
    this.next = 0;
    this.inode = 1000;
    this.pts = new Set();
    this.children = new Map();
    this.nextPid = 5000;
    this.tasks = 12;
    for (let i = 0; i < constants; i++) this.open(i === 0 ? "listen" : `/srv/static-${i}`);
  }

  restart(startTicks) {
    const fresh = new Server({ pid: this.pid + 1, startTicks });
    fresh.inode = this.inode;
    fresh.nextPid = this.nextPid;
    return fresh;
  }

  open(kind) {
    const fd = this.free.length > 0 ? this.takeLowest() : this.next++;
    const inode = ["listen", "connection", "pipe", "upstream"].includes(kind) ? this.inode++ : 7;
    const pts = kind === "/dev/ptmx" ? this.lowestPts() : undefined;
    this.fds.set(fd, entryOf({ fd, kind, inode, pts }));
    return fd;
  }

  takeLowest() {
    let best = 0;
    for (let i = 1; i < this.free.length; i++) if (this.free[i] < this.free[best]) best = i;
    const [fd] = this.free.splice(best, 1);
    return fd;
  }

  lowestPts() {
    let pts = 0;
    while (this.pts.has(pts)) pts++;
    this.pts.add(pts);
    return pts;
  }

  close(fd) {
    const entry = this.fds.get(fd);
    if (!entry) return;
    if (entry.ptsNumber !== undefined) this.pts.delete(entry.ptsNumber);
    this.fds.delete(fd);
    this.free.push(fd);
  }

  /** The peer has closed, and the server does not. */
  halfClose(fd) {
    const entry = this.fds.get(fd);
    if (entry?.socket) this.fds.set(fd, { ...entry, socket: { ...entry.socket, state: "CLOSE_WAIT" } });
  }

  spawn(atTicks, pts) {
    const pid = this.nextPid++;
    const fds = pts === undefined ? [] : [0, 1, 2].map((fd) => ({ fd, target: `/dev/pts/${pts}`, inode: 3 }));
    this.children.set(pid, childOf({ pid, startTicks: atTicks, ppid: this.pid, fds }));
    return pid;
  }

  exit(pid) {
    this.children.delete(pid);
  }

  /** It has exited, and nobody waits for it. */
  becomeZombie(pid) {
    const child = this.children.get(pid);
    if (child)
      this.children.set(pid, { ...child, state: "Z", command: "", fds: undefined, fdCount: undefined });
  }

  orphan(pid) {
    const child = this.children.get(pid);
    if (child) this.children.set(pid, { ...child, ppid: 1 });
  }

  processes(bytes) {
    const fds = [...this.fds.values()];
    const memory = { rssBytes: bytes + 30 * 2 ** 20, anonymousBytes: Math.round(bytes) };
    const self = childOf({ pid: this.pid, startTicks: this.startTicks, ppid: 1, fds });
    return [
      { ...self, name: "server", command: "server --port 80", threads: this.tasks, memory },
      ...this.children.values(),
    ];
  }
}

function childOf({ pid, startTicks, ppid, fds }) {
  const memory = { rssBytes: 2 ** 21, anonymousBytes: 2 ** 20 };
  return {
    pid,
    startTicks,
    ppid,
    pgid: pid,
    sid: pid,
    state: "S",
    name: "agent",
    command: "agent run",
    threads: 1,
    fds,
    fdCount: fds.length,
    softFdLimit: 65_536,
    memory,
  };
}

function entryOf({ fd, kind, inode, pts }) {
  if (kind === "pipe") return { fd, target: `pipe:[${inode}]`, inode };
  if (kind === "/dev/ptmx") return { fd, target: kind, inode, ptsNumber: pts };
  const states = { listen: "LISTEN", connection: "ESTABLISHED", upstream: "ESTABLISHED" };
  const state = states[kind];
  if (state === undefined) return { fd, target: kind, inode };
  const local = kind === "upstream" ? `10.0.0.1:${40_000 + (inode % 20_000)}` : "10.0.0.1:80";
  const peer = kind === "upstream" ? "10.0.0.9:5432" : `10.0.0.7:${1024 + (inode % 60_000)}`;
  return { fd, target: `socket:[${inode}]`, inode, socket: { protocol: "tcp", inode, state, local, peer } };
}
