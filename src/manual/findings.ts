import type { Page } from "../model/manual.js";

const kind = "finding";

/** What the title of a finding says: `Leak, fds: file descriptor /dev/ptmx`. The nearer pattern stands first. */
export const findingPages: readonly Page[] = [
  {
    kind,
    word: "PTY master /dev/ptmx",
    also: ["pty master", "file descriptor /dev/ptmx"],
    pattern: /\bptmx\b|\bpty master\b/i,
    short: "The master side of a PTY was left open: its PTY is not given back.",
    text: [
      "Who opens /dev/ptmx (forkpty, node-pty, creack/pty) holds the master. It is not closed by the end of the program in the PTY: the server must do it.",
      "It counts twice, as a descriptor and as a PTY, and is one finding. /proc/sys/kernel/pty/max is for the whole machine, so others may run out first.",
    ],
    steps: [
      "Go: `defer master.Close()` right after pty.Start. node-pty: `pty.destroy()` on exit, error and disconnect.",
      "Close it once the program is gone, on every path: failed start and stop included.",
    ],
    see: ["ptys", "PTY slave /dev/pts/N"],
  },
  {
    kind,
    word: "PTY slave /dev/pts/N",
    also: ["pty slave"],
    pattern: /^(file descriptor )?\/dev\/pts\/|\bpty slave\b/i,
    short: "The slave side of a PTY is still open: in a program that lives on, or in the server itself.",
    text: ["As long as anybody holds the slave, the PTY is in use, though its master may be closed."],
    steps: [
      "The server: close its copy of the slave after the program has started.",
      "A program that lives on: end its whole process group or session, not the first process alone.",
    ],
    see: ["ptys", "orphan"],
  },
  {
    kind,
    word: "CLOSE_WAIT",
    also: ["socket CLOSE_WAIT", "half-closed", "half closed"],
    pattern: /\bclose[_ -]?wait\b/i,
    short: "The peer has closed the connection, and the server has not.",
    text: [
      "The kernel waits for the server to close, without end: no timeout helps. No statistics are needed: the whole drain was not enough for the server to follow.",
    ],
    steps: [
      "Close the socket when a read says end of file, also in the midst of an answer.",
      "Node: `allowHalfOpen` needs an `end` handler. Go: return from the handler when Read fails, and close.",
    ],
    see: ["fds", "silence"],
  },
  {
    kind,
    word: "ESTABLISHED",
    also: ["socket ESTABLISHED", "socket tcp ESTABLISHED"],
    pattern: /\bestablished\b/i,
    short: "A connection is open on the server's side after its session ended.",
    text: [
      "Either its peer vanished without a word (`drop: silence`), and only a ping or a timeout could tell; or it is a connection that the server made itself, to a database or another service, and did not give back.",
    ],
    steps: [
      "Send pings, or set an idle timeout; make the drain longer than it.",
      "For a connection of the server's own: look at the address after the arrow.",
    ],
    see: ["fds", "silence"],
  },
  {
    kind,
    word: "file descriptors at the peak",
    also: ["peakShare", "peak"],
    pattern: /descriptors at the peak/i,
    short: "A process held more than half of its soft limit of descriptors at one moment.",
    text: [
      "No leak is needed for this: twice the sessions, and the server refuses connections (EMFILE). The share is `fds: {peakShare: 50%}`.",
    ],
    steps: ["Raise the limit (`ulimit -n`, LimitNOFILE=), or hold fewer per session."],
    see: ["fds", "EMFILE"],
  },
  {
    kind,
    word: "file descriptors of",
    pattern: /^file descriptors of /i,
    short: "Growth in a process that is restarted again and again: it hides behind the restarts.",
    text: ["Each of its lives climbs, and the place in the tree as a whole does not come down."],
    see: ["leak behind restarts", "fds"],
  },
  {
    kind,
    word: "file descriptor",
    also: ["pipe", "socket", "anon_inode", "deleted", "eventfd", "inotify", "/dev/null"],
    pattern: /^file descriptor\b|^(pipe|socket|anon_inode)\b|^\/(?!proc)/i,
    short: "Descriptors of this kind were opened and not closed.",
    text: [
      "What stands after it is what they point to. `pipe`: a child's stdin, stdout or stderr. `socket`: with the state that tells who has not closed. A path: a file. `(deleted)`: a file that was removed, whose room on the disk is not free until it is closed. `anon_inode`: an epoll, eventfd, inotify or timerfd of an event loop.",
    ],
    steps: [
      "Find where these are opened (`Made at`), and close them on every path, errors and disconnects included.",
      "Pipes: destroy the three streams of a child once it is gone, also where nobody reads them.",
    ],
    see: ["fds", "CLOSE_WAIT", "PTY master /dev/ptmx"],
  },
  {
    kind,
    word: "zombie (finding)",
    pattern: /^zombies? /i,
    short: "A child has exited, and its parent has not waited for it.",
    text: ["The name after it is the program. See `explain zombies` for what to do."],
    see: ["zombies"],
  },
  {
    kind,
    word: "the target itself",
    also: ["slow stop", "did not stop"],
    pattern: /did not stop within|target itself/i,
    short: "The server did not stop within its time after the stop signal.",
    text: [
      "It was sent `stop.signal` (SIGTERM), and was still there after `stop.within`: it had to be killed. Something keeps it running: a timer, an open connection, a child that it waits for.",
    ],
    steps: [
      "Handle SIGTERM: stop listening, close what is open, clear the timers, then exit.",
      "In a shell script, start the server by `exec`, so that the signal reaches it.",
    ],
    see: ["processes"],
  },
  {
    kind,
    word: "processes that SIGKILL does not end",
    also: ["unkillable", "state D"],
    pattern: /sigkill does not end|after sigkill/i,
    short: "Processes wait in the kernel (state D), or nobody reaps them.",
    text: ["Nothing in user space can end them. Network and FUSE mounts are the usual reason."],
    steps: ["See /proc/PID/stack, and the mounts that they use."],
  },
  {
    kind,
    word: "orphan",
    also: ["orphaned"],
    pattern: /^process\b/i,
    short: "A process that a session started is still alive.",
    text: [
      "Its parent may be gone: then it belongs to init, and is still the target's. Often a child of a child: the shell was ended, and what it had started was not.",
    ],
    steps: [
      "Start each program in a process group of its own, and signal the group: kill(-pgid).",
      "End it when its session ends, await it, and kill it where it does not follow.",
    ],
    see: ["processes", "PTY slave /dev/pts/N"],
  },
  {
    kind,
    word: "goroutine",
    also: ["task"],
    pattern: /^(goroutines?|tasks?|active resources?|threads?|handles?|timeout|immediate|tcpsocketwrap)\b/i,
    short: "Tasks of this kind are made and never end.",
    text: [
      "For Go it is named by the line that starts it, for Node by the kind of its active resource (`Timeout`, `TCPSocketWrap`), else it is a thread.",
    ],
    steps: [
      "Go: give it a context or a channel that ends with the session; a send to a channel that nobody reads blocks for ever.",
      "Node: clearInterval and clearTimeout, `socket.destroy()`, remove the listener.",
    ],
    see: ["tasks"],
  },
];
