import type { Reading } from "../model/reading.js";
import { readKernelFile } from "./kernel-file.js";

/** Counters of /proc/PID/net/snmp (proc_pid_net(5)), of the network namespace that the process is in. */
export interface Snmp {
  /** TCP connections accepted since the boot of the namespace (TcpPassiveOpens, RFC 1213). */
  readonly tcpPassiveOpens: number;
}

/** Undefined where the text has no such counter. A line of names stands before each line of values. */
export function parseSnmp(text: string): Snmp | undefined {
  const [names, values] = text.split("\n").filter((line) => line.startsWith("Tcp: "));
  const index = names?.split(" ").indexOf("PassiveOpens") ?? -1;
  const value = values?.split(" ")[index] ?? "";
  return /^\d+$/.test(value) ? { tcpPassiveOpens: Number(value) } : undefined;
}

export function readSnmp(root: string, pid: number): Reading<Snmp> {
  return readKernelFile({ path: `${root}/${pid}/net/snmp`, pid, parse: parseSnmp });
}
