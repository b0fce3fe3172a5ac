// A thousand leaked sessions at 25 at a time: who the ledger says left them, held against the plant's own log.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { judgeView } from "../../dist/judge/judge-run.js";
import { viewOf } from "../../dist/judge/run-view.js";
import { attribute } from "../../dist/ledger/attribute.js";
import { ownThings } from "../../dist/ledger/things.js";
import { parseRecord } from "../../dist/model/record-reader.js";
import { runTool, tempFolder } from "./lib.js";

const head = "target: {command: \"{gateway} --agent '{goose} run ?' --grace 300ms --max-processes 4000\"}";
const tail = `
settle: {quiet: 300ms, within: 20s}
drain: 2s
stop: {signal: SIGTERM, within: 20s}
criteria: {memory: {drop: "not what is asked"}}
`;
/** Sockets have the port as their mark, agents and their terminals the session id. */
const runs = [
  {
    plant: "half-closed",
    yaml: `${head}
flows:
  polite: {steps: [connect, {expect: {type: content}}, close]}
  fin: {weight: 8, steps: [connect, {drop: {how: fin, within: 500ms}}]}
  reset: {steps: [connect, {expect: {type: content}}, {drop: reset}]}
load: {operations: 1300, maxOperations: 1300, batch: 130, concurrency: 25, warmup: 50}${tail}`,
  },
  {
    plant: "orphan",
    yaml: `${head}
flows:
  answered: {steps: [connect, {send: {sender: USER, content: hi, firstMessage: true, sessionID: "{session}"}}, {expect: {type: exec_end}}, close]}
  dropped: {weight: 5, steps: [connect, {send: {sender: USER, content: "go @hang", firstMessage: true, sessionID: "{session}"}}, {expect: {type: exec_start}}, {drop: fin}]}
load: {operations: 180, maxOperations: 180, batch: 30, concurrency: 25, warmup: 10}${tail}`,
  },
];

const folder = tempFolder();
const total = { sessions: 0, certain: 0, certainRight: 0, likely: 0, likelyRight: 0, unattributed: 0 };
for (const { plant, yaml } of runs) {
  const out = join(folder, plant);
  const file = join(folder, `${plant}.yaml`);
  writeFileSync(file, yaml);
  const { code } = await runTool(["run", file, "--plant", plant, "--out", out, "--no-progress"]);
  const found = held(plant, out);
  console.log(`${plant}: exit ${code}, ${JSON.stringify(found)}`);
  for (const name of Object.keys(total)) total[name] += found[name];
}
rmSync(folder, { recursive: true });
const share = total.likely === 0 ? 1 : total.likelyRight / total.likely;
console.log(
  `${total.sessions} leaked sessions: ${total.certainRight} of ${total.certain} certain right, ${total.likelyRight} of ${total.likely} likely right, ${total.unattributed} unattributed`,
);
process.exitCode =
  total.sessions >= 1000 && total.certain > 0 && total.certain === total.certainRight && share >= 0.95
    ? 0
    : 1;

function held(plant, out) {
  const record = parseRecord(readFileSync(join(out, "record.ndjson"), "utf8"));
  const view = viewOf(record);
  // What an agent inherited of another session's terminal is left by neither, and not told.
  const left = ownThings(
    judgeView(view).findings.flatMap((leak) => leak.left),
    view,
  );
  const ledger = attribute(view, left);
  const { truth, leaked } = truthOf(plant, record, out);
  const counts = { sessions: 0, certain: 0, certainRight: 0, likely: 0, likelyRight: 0, unattributed: 0 };
  const sessions = new Set();
  let wrong = 0;
  for (const leftover of ownThings([...ledger.keys()], view)) {
    const { operation, sureness } = ledger.get(leftover);
    const right = operation.tail === true && leaked.has(operation.id) ? [operation.id] : truth(leftover);
    counts[sureness]++;
    if (right?.includes(operation.id)) counts[`${sureness}Right`]++;
    else if (++wrong <= 5)
      console.log(`  wrong: ${sureness} ${operation.id}, and it was ${right}: ${told(leftover)}`);
    if (operation.tail !== true) sessions.add(operation.id);
  }
  counts.unattributed = left.filter((leftover) => !ledger.has(leftover)).length;
  return { ...counts, sessions: sessions.size };
}

/** The operations that can have left a thing, by the plant's log: it names the port of the client. */
function truthOf(plant, record, out) {
  const byPort = new Map();
  for (const { id, localPorts } of record.operations) {
    for (const port of localPorts) byPort.set(port, [...(byPort.get(port) ?? []), id]);
  }
  const log = readFileSync(join(out, "target.stderr.log"), "utf8").split("\n");
  const lines = log.filter((line) => line.startsWith(`plant ${plant}: `));
  const ports = new Set(lines.map((line) => Number(/ port=(\d+)/.exec(line)?.[1])));
  const portOfPid = new Map(
    lines.map((line) => [Number(/ pid=(\d+)/.exec(line)?.[1]), Number(/ port=(\d+)/.exec(line)?.[1])]),
  );
  const pidOfPts = terminalsOf(record, portOfPid);
  const ofPid = (pid) => byPort.get(portOfPid.get(pid));
  // One that ran alone and is in the log has left what came with it, whatever that bears.
  const leaked = new Set([...ports].flatMap((port) => byPort.get(port) ?? []));
  const truth = (leftover) => {
    if (leftover.kind === "pty") return ofPid(pidOfPts.get(leftover.hold.ptsNumber));
    if (leftover.kind !== "fd") return ofPid(leftover.entry.pid);
    const { socket, ptsNumber } = leftover.entry;
    if (ptsNumber !== undefined) return ofPid(pidOfPts.get(ptsNumber));
    const port = Number(socket?.peer.split(":").at(-1));
    return ports.has(port) ? byPort.get(port) : undefined;
  };
  return { truth, leaked };
}

/** Which agent sits at which terminal. */
function terminalsOf(record, agents) {
  const pidOfPts = new Map();
  for (const { processes } of record.snapshots) {
    for (const { pid, fds } of processes) {
      for (const { target } of fds ?? []) {
        const pts = /^\/dev\/pts\/(\d+)/.exec(target)?.[1];
        if (pts !== undefined && agents.has(pid)) pidOfPts.set(Number(pts), pid);
      }
    }
  }
  return pidOfPts;
}

function told(leftover) {
  return JSON.stringify(leftover.entry ?? leftover.hold).slice(0, 200);
}
