import type { CriterionId } from "../model/verdict.js";

interface CriterionWords {
  /** In PascalCase, for tools that want a name. */
  readonly name: string;
  readonly short: string;
  /** What a failure means, and what to do. */
  readonly help: string;
}

/** What each criterion asks, for readers that know only its id. */
export const criterionWords: Readonly<Record<CriterionId, CriterionWords>> = {
  tasks: {
    name: "TasksLeft",
    short: "Goroutines, timers, handles or threads are left behind.",
    help: "Each operation may start tasks, and each of them must end with it. A failure says that some go on: look for a loop, a timer or a listener that is started for each session and stopped on some ways out only. At the limit the server slows down or runs out of memory.",
  },
  processes: {
    name: "ProcessesLeft",
    short: "Child processes outlive what started them.",
    help: "A process that an operation starts must be gone after the drain, and all of them after the stop. A failure says that some live on: end them when their session ends in whatever way, with a second, harder signal after a grace time. At the limit no process can be started on this system.",
  },
  fds: {
    name: "FileDescriptorsLeft",
    short: "File descriptors are not closed.",
    help: "Each file, socket and pipe that an operation opens must be closed after it. A failure says that some stay open: close them on every path, errors and disconnects included. At the limit (RLIMIT_NOFILE) the server can accept no connection.",
  },
  memory: {
    name: "MemoryGrows",
    short: "Memory grows with the operations, or with time.",
    help: "After a warm-up the live memory must stay within its budget over a day. A failure says that it goes on growing: look for a map, a cache or a list that is added to for each session and never taken from. At the limit the server is killed.",
  },
  zombies: {
    name: "ZombiesLeft",
    short: "Children that exited are not waited for.",
    help: "A child that has exited stays as a zombie until its parent waits for it. A failure says that the server does not: wait for every child, also after its session is gone. At the limit no process can be started on this system.",
  },
  ptys: {
    name: "PtysLeft",
    short: "Pseudo-terminals are not released.",
    help: "Each PTY that an operation opens must be released after it, master and slave. A failure says that some are held: close the master on every path once the command in it is gone. At the limit nobody can open a terminal on this system.",
  },
};
