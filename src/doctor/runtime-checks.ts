import type { Check, MachineFacts } from "../model/doctor.js";

type Judge = (facts: MachineFacts) => Check;

const node: Judge = ({ node: version }) => {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > 20 || (major === 20 && minor >= 11)
    ? { id: "node", state: "ok", found: `Node ${version}` }
    : {
        id: "node",
        state: "gap",
        found: `Node ${version}`,
        costs: "watertight is not tested with it",
        mend: "install Node 20.11 or newer",
      };
};

const inspector: Judge = ({ inspector: has, loopback }) => {
  if (has && loopback)
    return {
      id: "inspector",
      state: "ok",
      found: "Node servers can be looked into, with nothing to be done for it",
    };
  return {
    id: "inspector",
    state: "gap",
    found: loopback ? "this Node was built without an inspector" : "no port can be opened on 127.0.0.1",
    costs: loopback ? "tasks of a Node server are unchecked" : "no server can be driven: every run is broke",
    mend: loopback ? "use a Node of nodejs.org" : "bring the loopback up: ip link set lo up",
    blocks: loopback ? ["tasks"] : ["tasks", "processes", "fds", "memory", "zombies", "ptys"],
  };
};

const goPprof: Judge = () => ({
  id: "go pprof",
  state: "note",
  found:
    "nothing is needed here: a Go server serves it itself (import _ net/http/pprof), else its threads are counted",
});

/** Yama's scopes (kernel: admin-guide/LSM/Yama.rst): 2 = administrators only, 3 = nobody. */
const ptrace: Judge = ({ ptraceScope: scope, straceProblem: problem, uid }) => {
  const costs =
    "after a fail the line that makes a leak is not named for servers that are neither Node nor Go; verdicts stay as they are";
  if (problem) return { id: "strace", state: "gap", found: problem.why, costs, mend: problem.fix };
  const isClosed = scope === 3 || (scope === 2 && uid !== 0);
  return isClosed
    ? {
        id: "strace",
        state: "gap",
        found: `ptrace is closed (Yama, ptrace_scope ${scope})`,
        costs,
        mend: "sysctl kernel.yama.ptrace_scope=1",
      }
    : { id: "strace", state: "ok", found: "strace may look, and shows stacks" };
};

/** What can be looked into. */
export const runtimeChecks: readonly Judge[] = [node, inspector, goPprof, ptrace];
