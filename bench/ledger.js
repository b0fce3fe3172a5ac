// The speed of the ledger: who left 10,000 things, of 10,000 operations.
import { attribute } from "../dist/ledger/attribute.js";
import { viewOf } from "../dist/judge/run-view.js";
import { median } from "./lib.js";

const bootMs = 1_000_000_000_000;
const operationMs = 100;
/** Between two starts: long enough for one operation to be told from the next by its time. */
const everyMs = 1000;
const rounds = 5;
const batches = 20;

const listener = { fd: 3, target: "socket:[1]", inode: 1, socket: tcp(1, "LISTEN", "0.0.0.0:0") };
const gateway = { ...processOf(100, 1), command: "gateway" };

function tcp(inode, state, peer) {
  return { protocol: "tcp", inode, state, local: "127.0.0.1:80", peer };
}

function processOf(pid, startTicks) {
  const common = { ppid: 100, pgid: 100, sid: 100, state: "S", name: "agent", command: "agent", threads: 1 };
  return { pid, startTicks, ...common, fds: [] };
}

/** Of each four operations one leaves a socket, one an agent with its terminal, one an agent without a mark, one nothing. */
function recordOf(operations) {
  const all = Array.from({ length: operations }, (_, index) => ({
    id: index + 1,
    flow: "chat",
    batch: 1 + Math.floor((index * batches) / operations),
    startedAtMs: bootMs + index * everyMs,
    endedAtMs: bootMs + index * everyMs + operationMs,
    outcome: "landed",
    localPorts: [32_768 + (index % 28_000)],
  }));
  const left = all.map(leftBy);
  const snapshot = (phase, batch) => {
    const here = left.filter((_, index) => all[index].batch <= batch);
    return {
      phase,
      batch,
      operations: here.length,
      atMs: bootMs + here.length * everyMs,
      quiet: true,
      processes: [
        { ...gateway, fds: [listener, ...here.flatMap(({ fds }) => fds)] },
        ...here.flatMap(({ agents }) => agents),
      ],
      probes: [],
      gaps: [],
    };
  };
  const numbers = Array.from({ length: batches }, (_, index) => index + 1);
  return {
    run: { system: { bootMs }, scenario: { flows: [] } },
    operations: all,
    snapshots: [
      snapshot("baseline", 0),
      ...numbers.map((batch) => snapshot("batch", batch)),
      snapshot("drain", batches),
    ],
    stop: undefined,
    end: undefined,
  };
}

function leftBy({ id, startedAtMs, localPorts }, index) {
  const fd = 10 + index;
  const ticks = (startedAtMs + operationMs / 2 - bootMs) / 10;
  const agent = processOf(1000 + id, ticks);
  if (index % 4 === 0) {
    const socket = tcp(1000 + id, "CLOSE_WAIT", `127.0.0.1:${localPorts[0]}`);
    return { fds: [{ fd, target: `socket:[${1000 + id}]`, inode: 1000 + id, socket }], agents: [] };
  }
  if (index % 4 === 1) {
    const slave = { fd: 0, target: `/dev/pts/${id}`, inode: id };
    const master = { fd, target: "/dev/ptmx", inode: 2, ptsNumber: id };
    const mark = { operation: id, where: "environment" };
    return { fds: [master], agents: [{ ...agent, sid: agent.pid, pgid: agent.pid, fds: [slave], mark }] };
  }
  return { fds: [], agents: index % 4 === 2 ? [agent] : [] };
}

/** Everything that is there after the drain and was not at the baseline, as the judge would tell it. */
function leftIn(view) {
  const [{ fds, ...holder }, ...agents] = view.drain[0].processes;
  const things = fds.slice(1).map((entry) => ({ kind: "fd", holder, entry }));
  const batchOf = new Map(view.record.operations.map(({ id, batch }) => [id, batch]));
  return [
    ...things.map((thing) => ({ ...thing, bornBatch: batchOf.get(thing.entry.fd - 9) })),
    ...agents.map((entry) => ({ kind: "process", entry, bornBatch: batchOf.get(entry.pid - 1000) })),
  ];
}

function measured(operations, survivors) {
  const record = recordOf(operations);
  const once = () => {
    const view = viewOf(record);
    const left = leftIn(view).slice(0, survivors);
    const since = performance.now();
    const ledger = attribute(view, left);
    const ms = performance.now() - since;
    if (ledger.size < left.length * 0.9) throw new Error(`${ledger.size} of ${left.length} attributed`);
    return ms;
  };
  once();
  return median(Array.from({ length: rounds }, once));
}

export async function ledgerRows() {
  const large = measured(10_000, 10_000);
  const small = measured(1000, 1000);
  const work = "attribute 10,000 survivors to 10,000 operations";
  // In proportion it would be 10; with every survivor held against every operation, 100.
  return [
    { work, value: large / 1000, limit: 1, unit: " s" },
    { work: `${work}, against 1,000 to 1,000`, value: large / small, limit: 40, unit: "×" },
  ];
}
