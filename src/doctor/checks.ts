import type { Check, MachineFacts } from "../model/doctor.js";
import { criterionIds } from "../model/verdict.js";
import { limitChecks } from "./limit-checks.js";
import { runtimeChecks } from "./runtime-checks.js";

type Judge = (facts: MachineFacts) => Check;

/** What was found, what a gap costs, and how to mend it, in the order in which a reader can act on it. */
export function checksOf(facts: MachineFacts): readonly Check[] {
  if (!facts.proc.usable) return [noProc(facts)];
  return [...seeing, ...runtimeChecks, ...limitChecks, surroundings].map((judge) => judge(facts));
}

function noProc({ platform }: MachineFacts): Check {
  const isLinux = platform === "linux";
  return {
    id: "/proc",
    state: "gap",
    found: isLinux ? "/proc cannot be read" : `this is ${platform}, which has no /proc`,
    costs: "nothing can be measured; judge, report, compare, plan and explain work all the same",
    mend: isLinux ? "mount it: mount -t proc proc /proc" : "use a Linux machine, container or WSL",
    blocks: criterionIds,
  };
}

const kernel: Judge = ({ kernel: release, proc }) => ({
  id: "kernel",
  state: "ok",
  found: `Linux ${release ?? "of an unknown release"}${proc.countsFds ? ", which counts descriptors by itself" : ": descriptors are counted one by one (before 6.2)"}`,
});

const processes: Judge = ({ proc }) =>
  proc.hidden
    ? {
        id: "processes",
        state: "gap",
        found: "processes of other users are hidden (hidepid)",
        costs: "a target that changes its user is lost from sight: processes and zombies are unchecked",
        mend: "run as root, or remount: mount -o remount,hidepid=0 /proc",
        blocks: ["processes", "zombies"],
      }
    : { id: "processes", state: "ok", found: "every process is shown" };

const ownFds: Judge = ({ proc }) =>
  proc.fds
    ? { id: "descriptors", state: "ok", found: "descriptors can be listed, with what they point to" }
    : {
        id: "descriptors",
        state: "gap",
        found: "/proc/self/fd cannot be listed",
        costs: "fds and ptys are unchecked",
        mend: "in a container, do not mask /proc; see its security profile (AppArmor, gVisor)",
        blocks: ["fds", "ptys"],
      };

const ownMemory: Judge = ({ proc }) =>
  proc.memory
    ? { id: "memory", state: "ok", found: "private memory can be read (smaps_rollup)" }
    : {
        id: "memory",
        state: "gap",
        found: "/proc/self/smaps_rollup cannot be read",
        costs: "memory is judged by RSS, shared pages included: more often inconclusive",
        mend: "a kernel from 4.14 on has it; a sandbox may hide it",
      };

const others: Judge = ({ proc, uid }) =>
  proc.othersFds || uid === 0
    ? { id: "other users", state: "ok", found: "files of other users' processes can be read" }
    : {
        id: "other users",
        state: "note",
        found: `as uid ${uid ?? "unknown"} only files of your own processes can be read: enough for servers that you start`,
        mend: "to watch or attach to another user's server, run as that user, or as root",
      };

const cgroup: Judge = ({ cgroup: state }) =>
  state === "own"
    ? {
        id: "cgroup v2",
        state: "ok",
        found: "a cgroup of its own can be made for the target: no descendant is lost",
      }
    : {
        id: "cgroup v2",
        state: "gap",
        found:
          state === "none"
            ? "cgroup v2 is not mounted"
            : "no cgroup can be made: it is read-only, or not yours",
        costs:
          "descendants are followed by a marker, their session and parents; one that leaves all three is not seen by processes",
        mend: "run under systemd-run --user --scope -p Delegate=yes, or a container with a writable /sys/fs/cgroup",
      };

const seeing: readonly Judge[] = [kernel, processes, ownFds, ownMemory, others, cgroup];

const surroundings: Judge = ({ container, ci }) => ({
  id: "surroundings",
  state: "note",
  found: [
    container ? "a container" : "no container",
    ci === undefined ? "no CI" : `${ci}: no second pass after a fail unless --why asks for it`,
  ].join("; "),
});
