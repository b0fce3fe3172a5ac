import type { Page } from "../model/manual.js";

const kind = "resource";

/** Ceilings and measures, as a report names them. */
export const resourcePages: readonly Page[] = [
  {
    kind,
    word: "RLIMIT_NOFILE",
    also: ["soft RLIMIT_NOFILE", "nofile", "ulimit -n"],
    pattern: /rlimit_nofile/i,
    short: "How many descriptors one process may hold. The soft limit is the one that counts.",
    text: ["/proc/PID/limits has it; `limits: {fds: 4096}` in a scenario sets it for the target."],
    see: ["fds", "EMFILE"],
  },
  {
    kind,
    word: "pid_max",
    also: ["pids.max", "kernel.pid_max"],
    pattern: /pid_max|pids\.max/i,
    short:
      "How many processes and threads there may be: kernel.pid_max for the machine, pids.max for a cgroup.",
    text: ["Zombies count. Where they run out, nothing can be started any more: fork says EAGAIN."],
    see: ["processes", "zombies"],
  },
  {
    kind,
    word: "pty/max",
    also: ["pty max", "kernel.pty.max"],
    pattern: /pty\/max/i,
    short: "How many PTYs there may be on this machine, for everybody.",
    text: ["/proc/sys/kernel/pty/max has it, /proc/sys/kernel/pty/nr how many there are."],
    see: ["ptys"],
  },
  {
    kind,
    word: "private anonymous memory",
    also: ["anonymous memory", "live memory"],
    pattern: /anonymous memory|live bytes|proportional set/i,
    short: "What a process has taken for itself: heap, stacks, buffers; not its code, not shared files.",
    text: [
      "It is read from smaps_rollup where no look inside tells of the live bytes. An allocator keeps what was freed, so it seldom falls.",
    ],
    see: ["memory"],
  },
  {
    kind,
    word: "exhausted in",
    also: ["time left", "exhaustion", "hours to exhaustion", "limit", "ceiling"],
    short: "When the limit is hit, at the traffic that the scenario declares.",
    text: [
      "The rate per session, times `production.sessionsPerHour`, up to the ceiling that is read on this machine. In brackets: for the ends of the rate's 95% interval.",
    ],
    see: ["fds", "memory"],
  },
];
