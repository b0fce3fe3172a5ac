import type { Random } from "../../src/drive/random.js";
import type { Operation } from "../../src/model/operation.js";
import type { FdEntry, SessionMark } from "../../src/model/resource.js";
import type { Kernel, Running } from "./simulated-kernel.js";

/** The server under simulation. */
export interface Machine {
  readonly kernel: Kernel;
  readonly random: Random;
  readonly gateway: Running;
  worker: Running;
  /** Started by the first session that needs it, for all of them. */
  daemon: Running | undefined;
  /** Operation ids by thing: `process PID`, `fd PID/FD/TARGET`. */
  readonly truth: Map<string, number>;
  readonly marked: number;
}

export interface Session extends Readonly<Machine> {
  readonly machine: Machine;
  readonly operation: Operation;
  readonly atMs: number;
}

/** What a session leaves. */
export interface Habit {
  readonly begin?: (session: Session) => void;
  readonly keepsSocket?: boolean;
}

/** An agent that runs on, with a terminal that it shares with a child of its own at times. */
function terminal(session: Session): void {
  const { kernel, gateway, random } = session;
  const pts = kernel.freePts();
  keep(session, gateway, { target: "/dev/ptmx", inode: 87, ptsNumber: pts });
  const agent = agentOf(session, { leads: true });
  stdio(session, agent, { target: `/dev/pts/${pts}`, inode: 3 + pts });
  if (random() < 0.3) {
    const child = kernel.spawn({ atMs: session.atMs + 10, parent: agent, name: "sleep" });
    own(session, child);
    stdio(session, child, { target: `/dev/pts/${pts}`, inode: 3 + pts });
    if (random() < 0.5) vanish(session, agent);
  }
  if (random() < 0.2) inherit(session, agent);
}

/** The child of a fork that closed nothing holds masters of others, too: that is its own doing. */
function inherit(session: Session, agent: Running): void {
  const { gateway, random } = session;
  const masters = [...gateway.fds.values()].filter(({ ptsNumber }) => ptsNumber !== undefined);
  const other = masters[Math.floor(random() * masters.length)];
  if (other) keep(session, agent, other);
}

function pipes(session: Session): void {
  const { kernel, gateway, worker, random } = session;
  const parent = random() < 0.3 ? worker : gateway;
  const agent = agentOf(session, { parent });
  for (const fd of [0, 1, 2]) {
    if (random() < 0.5) {
      const pipe = kernel.pipe();
      keep(session, parent, pipe);
      agent.fds.set(fd, { fd, ...pipe });
      continue;
    }
    const [ours, theirs] = [0, 1].map(() => kernel.socket({ protocol: "unix", state: "CONNECTED" }));
    if (!ours || !theirs) continue;
    keep(session, parent, ours);
    agent.fds.set(fd, { fd, ...theirs });
  }
}

/** The command that led the session has gone; two of its children have not, and one of them bears no mark. */
function launcher(session: Session): void {
  const { kernel, gateway } = session;
  const group = kernel.nextPid();
  for (const mark of [markOf(session), undefined]) {
    const left = kernel.spawn({ atMs: session.atMs, parent: gateway, name: "tool", mark, group });
    left.ppid = 1;
    own(session, left);
  }
}

/** A connection back to the server. */
function callback(session: Session): void {
  const { kernel, gateway, random } = session;
  const agent = agentOf(session, {});
  const { port, fd } = kernel.connect(gateway, 28_000);
  const entry = gateway.fds.get(fd);
  if (entry) session.truth.set(`fd ${gateway.pid}/${fd}/${entry.target}`, session.operation.id);
  const peer = "127.0.0.1:8080";
  kernel.open(agent, kernel.socket({ local: `127.0.0.1:${port}`, peer }));
  if (random() < 0.1) vanish(session, agent);
}

/** A helper of one session, child of a daemon that bears no mark and serves all. */
function helper(session: Session): void {
  const { machine, kernel, gateway } = session;
  if (!machine.daemon) {
    machine.daemon = kernel.spawn({ atMs: session.atMs, parent: gateway, name: "daemon", leads: true });
    own(session, machine.daemon);
  }
  const child = kernel.spawn({ ...birthOf(session), parent: machine.daemon });
  own(session, child);
}

export const habits = {
  socket: { keepsSocket: true },
  file: { begin: (session: Session) => keep(session, session.gateway, { target: "/tmp/x", inode: 9 }) },
  terminal: { begin: terminal },
  pipes: { begin: pipes },
  both: { begin: terminal, keepsSocket: true },
  zombie: {
    begin: (session: Session) => session.kernel.end(agentOf(session, {}), "zombie"),
  },
  launcher: { begin: launcher },
  callback: { begin: callback },
  helper: { begin: helper },
} as const satisfies Record<string, Habit>;

function markOf({ operation, random, marked }: Session): SessionMark | undefined {
  if (random() >= marked) return undefined;
  return { operation: operation.id, where: random() < 0.5 ? "arguments" : "environment" };
}

function birthOf(session: Session) {
  return { atMs: session.atMs, name: "goose", mark: markOf(session) };
}

function agentOf(session: Session, more: { leads?: boolean; parent?: Running }): Running {
  const agent = session.kernel.spawn({ ...birthOf(session), parent: session.gateway, ...more });
  own(session, agent);
  return agent;
}

function own({ truth, operation }: Session, process: Running): void {
  truth.set(`process ${process.pid}`, operation.id);
}

function keep(session: Session, holder: Running, entry: Omit<FdEntry, "fd">): void {
  const { fd, target } = session.kernel.open(holder, entry);
  session.truth.set(`fd ${holder.pid}/${fd}/${target}`, session.operation.id);
}

function stdio(
  { truth, operation }: Session,
  process: Running,
  entry: { target: string; inode: number },
): void {
  for (const fd of [0, 1, 2]) {
    process.fds.set(fd, { fd, ...entry });
    truth.set(`fd ${process.pid}/${fd}/${entry.target}`, operation.id);
  }
}

function vanish({ kernel }: Session, process: Running): void {
  kernel.end(process, "reaped");
}
