import { type Reading, read, valueOf } from "../model/reading.js";
import { readKernelFile } from "./kernel-file.js";
import { parseAddress } from "./socket-address.js";

/** A TCP socket that waits for connections. */
export interface ListeningSocket {
  readonly inode: number;
  /** `127.0.0.1:8080`, `[::]:8080` */
  readonly local: string;
  readonly port: number;
  /** Of whoever made it. */
  readonly uid: number;
}

/** TCP_LISTEN of include/net/tcp_states.h, as the tables write it. */
const listenState = " 0A ";

/**
 * The listening ones among the lines of /proc/PID/net/tcp or tcp6 (proc_pid_net(5)). The others, by the ten thousands
 * on a busy server, are not parsed. Undefined where the text is no such table.
 */
export function parseListening(text: string): ListeningSocket[] | undefined {
  const [header, ...lines] = text.split("\n");
  if (!header?.includes("local_address")) return undefined;
  return lines.filter((line) => line.includes(listenState)).flatMap((line) => parseLine(line) ?? []);
}

function parseLine(line: string): ListeningSocket | undefined {
  const [, localHex = "", , state, , , , uid, , inode] = line.trim().split(/\s+/);
  const local = parseAddress(localHex);
  if (state !== listenState.trim() || !local) return undefined;
  return {
    inode: Number(inode),
    local,
    port: Number(local.slice(local.lastIndexOf(":") + 1)),
    uid: Number(uid),
  };
}

/** All of the network namespace that the process is in; readable for everyone in it. */
export function readListening(root: string, pid: number): Reading<ListeningSocket[]> {
  const table = (name: string): Reading<ListeningSocket[]> =>
    readKernelFile({ path: `${root}/${pid}/net/${name}`, pid, parse: parseListening });
  const tcp = table("tcp");
  // A kernel without IPv6 has no such file.
  return tcp.ok ? read([...tcp.value, ...(valueOf(table("tcp6")) ?? [])]) : tcp;
}
