import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { brokeProblem, messageOf } from "../model/problem.js";

/** Whatever opens a file descriptor or starts a process (Linux 6.6). A name with `?` need not be known everywhere. */
const calls = `openat,socket,socketpair,accept4,pipe2,dup,dup3,fcntl,clone,
?open,?openat2,?creat,?accept,?pipe,?dup2,?clone3,?fork,?vfork,?epoll_create,?epoll_create1,?eventfd,?eventfd2,
?timerfd_create,?signalfd,?signalfd4,?inotify_init,?inotify_init1,?memfd_create,?pidfd_open,?perf_event_open,
?userfaultfd`.replaceAll("\n", "");

/** strace(1): follow children, as a grandchild of ours, with the stack of each call and without the bytes it moves. */
const asked = ["-f", "-D", "-qq", "-k", "-s", "0", "-e", "signal=none"];
/** A filter in the kernel, so that no other call is slowed; strace before 5.3 has none. */
const filter = "--seccomp-bpf";
const trialLimitMs = 5000;
const run = promisify(execFile);

/**
 * The command under strace, which writes every call to `file`.
 * @throws Problem (exit 4) where strace is missing, cannot show stacks, or may not look.
 */
export async function straced(words: readonly string[], file: string): Promise<string[]> {
  await requireStacks();
  const filtered = await tryOut([filter]);
  const refused = filtered === undefined ? undefined : await tryOut([]);
  if (refused !== undefined) throw notAllowed(refused);
  const extra = filtered === undefined ? [filter] : [];
  return ["strace", ...asked, ...extra, "-e", `trace=${calls}`, "-o", file, "--", ...words];
}

async function requireStacks(): Promise<void> {
  let version: string;
  try {
    version = (await run("strace", ["-V"], { timeout: trialLimitMs })).stdout;
  } catch (error) {
    throw unseen({ why: `strace cannot be run: ${messageOf(error)}`, fix: "install strace" });
  }
  // Before 5.0 it was called stack-unwind.
  if (/stack-(trace|unwind)/.test(version)) return;
  const why = "this strace was built without stack traces (-k)";
  throw unseen({ why, fix: "install one with libunwind or libdw; strace -V names its features" });
}

/** @returns what strace says when it may not look at a process of its own; undefined = it may. */
async function tryOut(extra: readonly string[]): Promise<string | undefined> {
  try {
    await run("strace", [...asked, ...extra, "-e", "trace=none", "-o", "/dev/null", "true"], {
      timeout: trialLimitMs,
    });
    return undefined;
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr) : messageOf(error);
    return said.trim().split("\n")[0] ?? "";
  }
}

function notAllowed(why: string) {
  const fix = "allow ptrace: CAP_SYS_PTRACE in a container, or kernel.yama.ptrace_scope below 3";
  return unseen({ why: `strace cannot look at a process: ${why}`, fix });
}

function unseen({ why, fix }: { readonly why: string; readonly fix: string }) {
  return brokeProblem({ what: "nothing here tells where this target makes things", why, fix });
}
