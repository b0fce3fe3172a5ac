import { type RunView, viewOf } from "../../src/judge/run-view.js";
import type { Attribution, Ledger } from "../../src/ledger/attribute.js";
import type { Leftover } from "../../src/model/leftover.js";
import type { Operation } from "../../src/model/operation.js";
import type { FdEntry, ProcessEntry, SocketEntry } from "../../src/model/resource.js";
import type { Flow } from "../../src/model/scenario.js";
import type { Phase, ProbeSample, Snapshot } from "../../src/model/snapshot.js";
import { child, nodeProbe, recordOf, server } from "../judge/record-builder.js";

const bootMs = 1_000_000_000_000;
const startMs = bootMs + 3_600_000;

export interface SmallRun {
  readonly operations: readonly Operation[];
  /** What the server and the others are at the baseline; else only the server, with what it listens at. */
  readonly baseline?: readonly ProcessEntry[];
  /** After each of the batches 1, 2 …; what is there after the last is there after the drain. */
  readonly batches: readonly (readonly ProcessEntry[])[];
  /** After each operation that ran alone; the first before any. */
  readonly tail?: readonly (Seen & { readonly after: number })[];
  readonly probes?: (moment: { phase: Phase; after: number | undefined }) => readonly ProbeSample[];
  readonly flows?: readonly Flow[];
  readonly stopped?: readonly ProcessEntry[];
}

interface Seen extends Pick<Snapshot, "processes"> {
  readonly after?: number;
}

/** A run of a few operations, told snapshot by snapshot. */
export function smallRun(run: SmallRun): RunView {
  const { operations, baseline = [gateway()], batches, tail = [], flows, stopped = [] } = run;
  const base = recordOf({});
  const scenario = { ...base.run.scenario, ...(flows ? { flows } : {}) };
  const probesAt = run.probes ?? (() => [nodeProbe(4)]);
  const look = (phase: Phase, batch: number, seen: Seen): Snapshot => ({
    phase,
    batch,
    operations: batch * 10,
    atMs: startMs + batch * 10_000,
    quiet: true,
    probes: probesAt({ phase, after: seen.after }),
    gaps: [],
    ...seen,
  });
  const last = batches.length;
  return viewOf({
    ...base,
    run: { ...base.run, scenario, system: { ...base.run.system, bootMs } },
    operations,
    snapshots: [
      look("baseline", 0, { processes: baseline }),
      ...batches.map((processes, index) => look("batch", index + 1, { processes })),
      look("drain", last, { processes: batches.at(-1) ?? baseline }),
      ...tail.map((seen) => look("tail", last, seen)),
    ],
    stop: base.stop && { ...base.stop, survivors: stopped },
  });
}

/** The server, listening at port 80. */
export function gateway(fds: readonly FdEntry[] = []): ProcessEntry {
  return server([tcp(3, { state: "LISTEN", peer: "0.0.0.0:0" }), ...fds], { command: "gateway" });
}

export function tcp(fd: number, more: Partial<SocketEntry>): FdEntry {
  const inode = 1000 + fd;
  const local = "127.0.0.1:80";
  return {
    fd,
    target: `socket:[${inode}]`,
    inode,
    socket: { protocol: "tcp", inode, state: "CLOSE_WAIT", local, peer: "", ...more },
  };
}

/** An operation that takes 100 ms, `at` ms after the first one can start. */
export function operation(id: number, at: number, more: Partial<Operation> = {}): Operation {
  const startedAtMs = startMs + at;
  const endedAtMs = startedAtMs + 100;
  return { id, flow: "chat", batch: 1, startedAtMs, endedAtMs, outcome: "landed", localPorts: [], ...more };
}

/** A process that started so many ms after the first operation can start. */
export function agent(pid: number, at: number, more: Partial<ProcessEntry> = {}): ProcessEntry {
  return child(pid, { startTicks: (startMs + at - bootMs) / 10, ...more });
}

/** @param born the batch; "drain" = it came then */
export function fdOf(holder: ProcessEntry, fd: number, born: number | "drain" = 1): Leftover {
  const bornBatch = born === "drain" ? undefined : born;
  const entry = holder.fds?.find((entry) => entry.fd === fd);
  if (!entry) throw new RangeError(`pid ${holder.pid} has no fd ${fd}`);
  return { kind: "fd", holder, entry, bornBatch };
}

export function processOf(entry: ProcessEntry, born: number | "drain" = 1): Leftover {
  const bornBatch = born === "drain" ? undefined : born;
  return { kind: entry.state === "Z" ? "zombie" : "process", entry, bornBatch };
}

/** `certain 412`, or `nobody` */
export function told(ledger: Ledger, leftover: Leftover): string {
  const found: Attribution | undefined = ledger.get(leftover);
  return found ? `${found.sureness} ${found.operation.id}` : "nobody";
}
