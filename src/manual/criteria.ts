import type { Page } from "../model/manual.js";

const kind = "criterion";

export const criterionPages: readonly Page[] = [
  {
    kind,
    word: "tasks",
    also: ["goroutines", "goroutines/tasks", "handles", "timers", "threads", "active resources"],
    short: "Goroutines or their equivalent do not go on growing.",
    text: [
      "A task is a goroutine of Go, an active resource of Node (a handle, a timer, a request), else a thread. They are counted at quiet points, after each batch of sessions and after the drain.",
      "It fails when they go on growing with the sessions. A pool that fills, a warm-up or a one-off step passes, and is named.",
      "It is `unchecked` for a Node server that could not be looked into: its threads show no tasks.",
    ],
    steps: [
      "Look at `Made at` of the finding: the line that makes them. For Go, serve net/http/pprof; Node needs nothing.",
      "End each of them when its session ends, on every path: close, error, a peer that vanishes.",
    ],
    see: ["detectable", "filling pool", "probe"],
  },
  {
    kind,
    word: "processes",
    also: ["process", "children", "orphans", "survivors"],
    short: "Nothing the sessions started is alive after the drain, and nothing at all after the stop.",
    text: [
      "A process is known by its pid and start time. Descendants are followed through a cgroup where one can be made, else through a marker in their environment, their session and their parents.",
      "One more than `allow` that stands in every look after the drain is a leak: no statistics are needed. So is one that is alive after the stop signal and its time.",
    ],
    steps: [
      "End and await each child when its session ends, and its whole process group where it has children of its own.",
      "At the stop signal: end every session, await what it started, then exit.",
    ],
    see: ["zombies", "orphan", "the target itself"],
  },
  {
    kind,
    word: "fds",
    also: ["fd", "descriptors", "file descriptors", "files", "sockets"],
    short:
      "File descriptors do not go on growing, none is left in CLOSE_WAIT, and none of the processes comes near its limit.",
    text: [
      "A descriptor is known by its process, number, target and inode, so that two closed and two leaked are seen as a leak. It fails when survivors came all along, and not only at first, as those of a pool do.",
      "It fails, too, where a socket is in CLOSE_WAIT after the whole drain, or a process holds more than half of its soft RLIMIT_NOFILE (`peakShare`).",
      "It is `unchecked` where /proc/PID/fd cannot be read: a process of another user.",
    ],
    steps: [
      "Look at what they point to: a file, a pipe, a socket and its peer. `explain CLOSE_WAIT` is about sockets.",
      "Close it on every path, errors and disconnects included.",
      "If a pool is meant, write it down: `fds: {allow: 8}`, or an `allow:` entry with its reason.",
    ],
    see: ["CLOSE_WAIT", "file descriptor", "file descriptors at the peak", "allowance"],
  },
  {
    kind,
    word: "memory",
    also: ["rss", "heap", "pss", "live bytes"],
    short: "The growth over 24 hours, at the declared traffic, stays within the budget.",
    text: [
      "The upper bound of the growth per session, times `production.sessionsPerHour`, times 24, is held against `memory.budget`: by default a tenth of the baseline or 64 MiB, the larger. Of each process, and of all.",
      "Where the runtime offers it, live bytes after a forced collection are read; else private anonymous memory, and the lowest of each window counts.",
      "Between certainly over and certainly under the budget it is `inconclusive`. It is a projection from minutes to a day, not a day.",
    ],
    steps: [
      "Inconclusive: run longer (`--duration 10m`), so that a warm-up ends and the interval narrows.",
      "Failed: `Made at` names where what grows is made, for Node, after a second pass (`--why`).",
      "State the traffic that you have: `production: {sessionsPerHour: 300}`.",
    ],
    see: ["warm-up", "sawtooth", "budget"],
  },
  {
    kind,
    word: "zombies",
    also: ["zombie", "defunct", "unreaped"],
    short: "No child that has exited is unreaped after the drain.",
    text: [
      "A zombie has exited, and its parent has not asked how. It holds a pid until the parent does, or ends. Only those count whose parent belongs to the target: others wait for init.",
    ],
    steps: [
      "Wait for every child that you start, also for one that you killed: waitpid, cmd.Wait(), the `exit` event.",
      "In a container whose pid 1 is your server, run it under an init: `docker run --init`.",
    ],
    see: ["processes"],
  },
  {
    kind,
    word: "ptys",
    also: ["pty", "PTY devices", "terminals", "/dev/ptmx", "/dev/pts"],
    short: "Every PTY master and slave that was opened is released.",
    text: [
      "A PTY is known by its number and its holder. There are only as many on a machine as /proc/sys/kernel/pty/max says, for everybody.",
      "A master that stays open keeps its PTY, even after the program in it has ended.",
    ],
    steps: [
      "Close the master on every path, once the program in it is gone.",
      'A server that opens none: `ptys: {drop: "it opens no PTY"}` says so.',
    ],
    see: ["PTY master /dev/ptmx", "PTY slave /dev/pts/N"],
  },
];
