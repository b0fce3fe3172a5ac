import type { Page } from "../model/manual.js";

const kind = "note";

/** What stands in the notes of a report, or in the reason of a verdict. */
export const notePages: readonly Page[] = [
  {
    kind,
    word: "operations failed",
    also: ["maxFailed", "failed operations"],
    pattern: /operations failed|of the load did not land/i,
    short: "Some sessions did not do what their steps say; the note counts them by reason.",
    text: [
      "Past `maxFailed` (1%) the run is broke: load that did not land shows nothing. Below it, each is counted, and the leak may be on that very path.",
    ],
    steps: [
      "Read the reasons: a refused connection is a limit, an expectation that timed out is a slow server or a wrong step.",
    ],
    see: ["broke", "EMFILE"],
  },
  {
    kind,
    word: "still moving",
    also: ["not quiet", "restless"],
    pattern: /still moving/i,
    short: "The target did not come to rest within `settle.within` at some points.",
    text: [
      "It is judged as it stood then, which adds noise. Timers, garbage collection or a slow release do that.",
    ],
    steps: ["Wait longer: `settle: {within: 15s}`."],
    see: ["settle"],
  },
  {
    kind,
    word: "not read",
    also: ["gap", "gaps", "permission denied"],
    pattern: /^not read\b|permission denied/i,
    short: "Something in /proc could not be read. What is not measured is never a pass.",
    text: ["Mostly a process of another user, or hidepid on /proc."],
    steps: ["Run as the user of the server, or as root. `watertight doctor` says what is missing."],
    see: ["unchecked"],
  },
  {
    kind,
    word: "record is cut short",
    also: ["truncated"],
    pattern: /cut short|truncated/i,
    short: "The record ends in the midst of a line: what comes before it is judged.",
    text: ["The tool was killed, or the disk was full. Nothing before that place is lost."],
  },
  {
    kind,
    word: "clock jumped",
    also: ["machine slept", "starved"],
    pattern: /clock jumped|machine slept|nothing was looked at/i,
    short: "The clock was set, or the machine slept or had no time, during the run.",
    text: ["Its times cannot be trusted, so a pass would be vacuous."],
    steps: ["Run it again, on a machine that is awake and not overloaded."],
  },
  {
    kind,
    word: "quiescent points",
    also: ["too few points", "quiescent point", "quiet point"],
    pattern: /quiescent points?/i,
    short: "Looks at the server at rest, one after each batch. Six are needed for a verdict on growth.",
    text: ["Fewer than that, and a trend cannot be told from chance."],
    steps: ["More operations, or smaller batches: `load: {operations: 1000, batch: 100}`."],
    see: ["batch"],
  },
  {
    kind,
    word: "no operation reached the target",
    also: ["nothing was tried", "never seen in use", "used"],
    pattern: /no operation (reached|landed)|never seen in use|nothing was tried/i,
    short: "Nothing was tried that could have shown a leak, so it is not a pass.",
    text: ["No flow connects to the server; or a resource that the scenario says is `used` never moved."],
    steps: ["Give a flow a step that reaches the server, and one that uses the resource."],
    see: ["unchecked"],
  },
  {
    kind,
    word: "outlived the parent",
    pattern: /outlived the parent/i,
    short: "Zombies whose parent has died wait for init: they are not held against the target.",
    text: ["On some systems init takes its time; in a container without an init nobody reaps them."],
    see: ["zombies"],
  },
  {
    kind,
    word: "EMFILE",
    also: ["ENFILE", "too many open files"],
    pattern: /\be[mn]file\b|too many open files/i,
    short: "A process has as many descriptors as it may: it can open nothing more.",
    text: ["EMFILE is the limit of a process (RLIMIT_NOFILE), ENFILE that of the system."],
    steps: ["First see whether it leaks: `explain fds`. If not, raise the limit: `ulimit -n`."],
    see: ["fds", "file descriptors at the peak"],
  },
];
