import type { MachineFacts } from "../../src/model/doctor.js";

/** A machine on which everything can be seen. */
export const soundMachine: MachineFacts = {
  platform: "linux",
  kernel: "6.8.0",
  node: "v20.20.2",
  ci: undefined,
  container: false,
  uid: 1000,
  proc: { usable: true, hidden: false, fds: true, memory: true, countsFds: true, othersFds: true },
  cgroup: "own",
  ptraceScope: 1,
  straceProblem: undefined,
  inspector: true,
  loopback: true,
  openFiles: { soft: 4096, hard: 1_048_576 },
  pids: { max: 32_768, used: 300 },
  ptys: { max: 4096, used: 3 },
  memory: { totalBytes: 16 * 1024 ** 3, availableBytes: 12 * 1024 ** 3 },
  cores: 8,
  load: 0.4,
  reports: { folder: "/srv/app/reports", writable: true, freeBytes: 40 * 1024 ** 3 },
};
