/** What a sound runtime may open late, whatever the sessions do. */
export interface BuiltInAllowance {
  /** A regular expression, held against an fd's target. */
  readonly pattern: string;
  readonly reason: string;
  /** At most so many in one process: more than that is a leak, however harmless one of them is. */
  readonly perProcess: number;
}

/**
 * Kept short: of each of these a leak is seen a little later. The inspector is not among them: it is opened before the
 * baseline, and where a worker is restarted the new one stands in for the old one. Nor are pools of threads, which
 * the judge knows by their course.
 */
export const builtInAllowances: readonly BuiltInAllowance[] = [
  {
    pattern: "^anon_inode:inotify$",
    reason: "an event loop opens one inotify instance at its first watch, and keeps it for all the others",
    perProcess: 1,
  },
  {
    pattern: "^anon_inode:\\[eventpoll\\]$",
    reason: "a runtime opens an epoll instance for each event loop, some of them when they are first needed",
    perProcess: 2,
  },
  {
    pattern: "^anon_inode:\\[eventfd\\]$",
    reason: "an event loop is woken through an eventfd, which is opened together with it",
    perProcess: 2,
  },
  {
    pattern: "^anon_inode:\\[io_uring\\]$",
    reason: "an event loop opens its rings at the first file that it reads",
    perProcess: 2,
  },
];
