import { type Reading, read, valueOf } from "../model/reading.js";
import type { SocketEntry } from "../model/resource.js";
import { readKernelFile } from "./kernel-file.js";
import { parseAddress } from "./socket-address.js";

/** include/net/tcp_states.h, from 1 on. */
const tcpStates: readonly string[] = [
  "ESTABLISHED",
  "SYN_SENT",
  "SYN_RECV",
  "FIN_WAIT1",
  "FIN_WAIT2",
  "TIME_WAIT",
  "CLOSE",
  "CLOSE_WAIT",
  "LAST_ACK",
  "LISTEN",
  "CLOSING",
  "NEW_SYN_RECV",
];

/** enum socket_state of include/uapi/linux/net.h, from 1 on. */
const unixStates: readonly string[] = ["UNCONNECTED", "CONNECTING", "CONNECTED", "DISCONNECTING"];

/** __SO_ACCEPTCON of include/linux/net.h: listen(2) was called. */
const acceptsConnections = 0x10000;

/**
 * The lines of /proc/PID/net/tcp or tcp6 (proc_pid_net(5)). Sockets without an inode (TIME_WAIT, not
 * yet accepted) belong to no process and are left out. Undefined where a line is malformed.
 */
export function parseTcp(text: string, protocol: "tcp" | "tcp6"): SocketEntry[] | undefined {
  const [header, ...lines] = text.trimEnd().split("\n");
  if (!header?.includes("local_address")) return undefined;
  const sockets = lines.filter((line) => !isTimeWait(line)).map((line) => parseTcpLine(line, protocol));
  if (sockets.includes(undefined)) return undefined;
  return sockets.filter((socket) => socket !== undefined).filter(hasInode);
}

/** After a burst of connections nearly all lines are these, by the ten thousands: worth no parsing. */
function isTimeWait(line: string): boolean {
  const local = line.indexOf(": ") + 2;
  const peer = line.indexOf(" ", local) + 1;
  return line.startsWith(" 06 ", line.indexOf(" ", peer));
}

function parseTcpLine(line: string, protocol: "tcp" | "tcp6"): SocketEntry | undefined {
  const [, localHex = "", peerHex = "", stateHex = "", , , , , , inode] = line.trim().split(/\s+/);
  const local = parseAddress(localHex);
  const peer = parseAddress(peerHex);
  const state = tcpStates[Number.parseInt(stateHex, 16) - 1];
  if (!local || !peer || !state || !/^\d+$/.test(inode ?? "")) return undefined;
  return { protocol, inode: Number(inode), state, local, peer };
}

/**
 * The lines of /proc/PID/net/unix. The kernel names no peer. The path is as bound: `@name` for an
 * abstract one, empty for most clients; what follows a newline in a path is lost.
 */
export function parseUnix(text: string): SocketEntry[] | undefined {
  const [header, ...lines] = text.split("\n");
  if (!header?.startsWith("Num ")) return undefined;
  return lines.flatMap((line) => parseUnixLine(line) ?? []).filter(hasInode);
}

function parseUnixLine(line: string): SocketEntry | undefined {
  const found = /^[0-9a-f]+: [0-9A-F]+ [0-9A-F]+ ([0-9A-F]+) [0-9A-F]+ ([0-9A-F]+) +(\d+)(?: (.*))?$/.exec(
    line,
  );
  if (!found) return undefined;
  const [, flags = "", state = "", inode = "", local = ""] = found;
  const listens = (Number.parseInt(flags, 16) & acceptsConnections) !== 0;
  const name = listens ? "LISTEN" : (unixStates[Number.parseInt(state, 16) - 1] ?? "FREE");
  return { protocol: "unix", inode: Number(inode), state: name, local, peer: "" };
}

function hasInode(socket: SocketEntry): boolean {
  return socket.inode !== 0;
}

/** All TCP and Unix sockets of the network namespace that the process is in, by inode. */
export function readSockets(root: string, pid: number): Reading<Map<number, SocketEntry>> {
  const table = (name: string, parse: (text: string) => SocketEntry[] | undefined): Reading<SocketEntry[]> =>
    readKernelFile({ path: `${root}/${pid}/net/${name}`, pid, parse });
  const tables = [
    optional(table("tcp6", (text) => parseTcp(text, "tcp6"))),
    optional(table("unix", parseUnix)),
    // The one that every kernel has comes last: were the process gone, this would fail.
    table("tcp", (text) => parseTcp(text, "tcp")),
  ];
  const failed = tables.find((reading) => !reading.ok);
  if (failed) return failed;
  return read(
    new Map(tables.flatMap((reading) => valueOf(reading) ?? []).map((socket) => [socket.inode, socket])),
  );
}

/** A kernel without that protocol has no such file, and no such sockets. */
function optional(table: Reading<SocketEntry[]>): Reading<SocketEntry[]> {
  return !table.ok && table.gap.why === "ENOENT" ? read([]) : table;
}
