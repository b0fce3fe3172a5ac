import type { Page } from "../model/manual.js";

const kind = "word";

export const wordPages: readonly Page[] = [
  {
    kind,
    word: "detectable",
    also: ["sees", "power", "detect", "would have been seen"],
    pattern: /would have been seen/i,
    short: "The smallest leak that a pass excludes.",
    text: [
      "With such a leak this run would not have passed, with a chance of 99.5%. After n sessions without a survivor that is 1 in n / 5.3. `detect: 1 per 250 operations` asks for it: the run goes on until it is reached.",
    ],
    steps: ["More sessions see rarer leaks. `watertight plan FILE` says how many are needed."],
    see: ["pass"],
  },
  {
    kind,
    word: "operation",
    also: ["operations", "session", "per operation"],
    short: "One execution of a flow: one session, from connect to close or drop.",
    text: ["Growth is told per operation first, because it is the sessions that leak, not the hours."],
    see: ["flows", "batch"],
  },
  {
    kind,
    word: "flows",
    also: ["flow", "mix", "weight"],
    short: "The kinds of session of a scenario, mixed by weight.",
    text: [
      "The mix differs from batch to batch on purpose, so that a leak of one flow can be told from one of another. A quick run has too few batches for it in most cases.",
    ],
    see: ["operation", "unclear"],
  },
  {
    kind,
    word: "batch",
    also: ["batches"],
    short: "The sessions between two looks at the server at rest.",
    text: ["After each comes a wait for quiet, then a snapshot: one point of every curve."],
    see: ["settle", "quiescent points"],
  },
  {
    kind,
    word: "settle",
    also: ["quiet", "settling"],
    short: "Waiting for quiet after a batch: nothing changed for `settle.quiet`.",
    text: ["It is given up after `settle.within`. The quiet must exceed the shortest timers of the server."],
    see: ["drain"],
  },
  {
    kind,
    word: "drain",
    short: "The last, long wait: what is then still held is held for good.",
    text: ["It must outlast the server's own timeouts: pings, idle limits, keep-alive."],
    steps: ["`drain: 35s` for a server that hangs up after 30 s."],
    see: ["slow release", "settle"],
  },
  {
    kind,
    word: "baseline",
    short: "What the server holds after the warm-up, before the measured load.",
    text: ["Growth is told from there. Lazy imports, pools and the inspector are in it already."],
    see: ["warm-up", "baseline drift"],
  },
  {
    kind,
    word: "allowance",
    also: ["allow", "allowances", "allowed"],
    short: "What may be left over, by name and with a reason.",
    text: [
      '`allow: [{fd: ^/var/log/, reason: "the log is rotated", count: 1}]`. It can have an end (`until`), and the report says whether it was used.',
    ],
    see: ["fds"],
  },
  {
    kind,
    word: "finding",
    also: ["findings", "cause"],
    short: "One leak, with its rate, its interval, its projection and its evidence.",
    text: ["Several resources of one cause are one finding: a PTY master is a descriptor and a PTY."],
    see: ["left by", "made at"],
  },
  {
    kind,
    word: "left by",
    also: ["certain", "likely", "attribution"],
    short:
      "The operations that left it: `certain` by a mark of their own, `likely` where only one can have been at it.",
    text: ["Where sessions overlap and nothing bears a mark, it is not said."],
    steps: [
      "Put `{session}` into what a session sends, so that processes bear it in their arguments; or run with `concurrency: 1`.",
    ],
    see: ["made at", "flows"],
  },
  {
    kind,
    word: "made at",
    also: ["origin", "creation site", "why", "--why", "second pass"],
    short: "The line of your code that makes what is left, seen in a second pass.",
    text: [
      "After a fail the guilty flow runs again, with creation sites noted: in Node from inside, for Go by pprof, else by strace. On by default at a terminal, off in CI (`--why`).",
    ],
    see: ["left by"],
  },
  {
    kind,
    word: "probe",
    also: ["probes", "inspector", "pprof", "prometheus"],
    short: "A look inside a runtime: node, go (pprof), prometheus, a command.",
    text: [
      "Node needs nothing: its inspector is opened on demand. Go serves net/http/pprof. `/metrics` is read where `probes: {prometheus: /metrics}` says so. A probe that fails loses its series, never the run.",
    ],
    see: ["tasks", "memory"],
  },
  {
    kind,
    word: "plant",
    also: ["plants", "--plant"],
    short: "A leak put into the reference gateway on purpose, to see it found.",
    text: ["`watertight run connect-churn --quick --plant fd`. `watertight list` names them all."],
    see: ["selftest"],
  },
  {
    kind,
    word: "selftest",
    also: ["instrument proven", "self-test"],
    short: "Proves on this machine that planted leaks are found, and clean twins pass.",
    text: ["What was proven is named in the reports of the same version on the same kernel."],
    see: ["plant"],
  },
  {
    kind,
    word: "silence",
    also: ["drop: silence", "fin", "reset", "half-close", "stall", "rst"],
    short: "The ways in which a session ends without a goodbye.",
    text: [
      "`fin`: the socket is closed without a close frame. `reset`: RST. `silence`: the peer vanishes, no packet tells. `half-close`: it sends no more, and still listens. `stall`: it does not read. Most servers take fin and reset well; silence is what leaks.",
    ],
    see: ["CLOSE_WAIT", "ESTABLISHED"],
  },
  {
    kind,
    word: "budget",
    short: "How much memory may grow in 24 hours: a tenth of the baseline or 64 MiB, the larger.",
    text: ["`criteria: {memory: {budget: 100MiB}}` sets it."],
    see: ["memory"],
  },
];
