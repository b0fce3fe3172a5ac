/** What a sound runtime may open or start late, whatever the sessions do. */
export interface BuiltInAllowance {
  /** `fd`: held against an fd's target. `thread`: against the name of a thread, where threads are counted by name. */
  readonly kind: "fd" | "thread";
  /** A regular expression. */
  readonly pattern: string;
  readonly reason: string;
  /** At most so many in one process: more than that is a leak, however harmless one of them is. */
  readonly perProcess: number;
}

/** Kept short: each of these is a leak that is seen a little later. */
export const builtInAllowances: readonly BuiltInAllowance[] = [
  {
    kind: "fd",
    pattern: "^anon_inode:inotify$",
    reason: "an event loop opens one inotify instance at its first watch, and keeps it for all the others",
    perProcess: 1,
  },
  {
    kind: "fd",
    pattern: "^anon_inode:\\[eventpoll\\]$",
    reason: "a runtime opens an epoll instance for each event loop, some of them when they are first needed",
    perProcess: 2,
  },
  {
    kind: "fd",
    pattern: "^anon_inode:\\[eventfd\\]$",
    reason: "an event loop is woken through an eventfd, which is opened together with it",
    perProcess: 2,
  },
  {
    kind: "fd",
    pattern: "^anon_inode:\\[io_uring\\]$",
    reason: "an event loop opens its rings at the first file that it reads",
    perProcess: 2,
  },
  {
    kind: "thread",
    pattern: "^libuv-worker$",
    reason: "libuv starts its pool of four threads at the first work that blocks",
    perProcess: 4,
  },
];
