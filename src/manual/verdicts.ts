import type { Page } from "../model/manual.js";

const kind = "verdict";

export const verdictPages: readonly Page[] = [
  {
    kind,
    word: "pass",
    also: ["passed", "stable", "ok"],
    short: "No growth that lasts, and the smallest leak that would have been seen is stated.",
    text: [
      "A leak above the stated rate would have been seen with a chance of 99.5%. A rarer one may be there: multiply the rate by your traffic before you rely on it.",
      "A pass that tried nothing is none: it is `inconclusive` or `unchecked`.",
    ],
    see: ["detectable", "inconclusive"],
  },
  {
    kind,
    word: "fail",
    also: ["failed", "leak", "leaks"],
    short: "Something is kept for good: its rate and the interval of it are stated.",
    text: [
      "All criteria and all looks together fail a healthy server once in a thousand runs.",
      "The findings under the table say what is left, who left it, where it is made, and when the limit is hit.",
    ],
    steps: [
      "Read `Made at`, `Left by` and `Flows` of the first finding.",
      "Repeat just this: the last line of the report is the command.",
      "`watertight shrink RECORD` makes the smallest scenario that still fails.",
    ],
    see: ["finding", "left by"],
  },
  {
    kind,
    word: "inconclusive",
    also: ["unclear verdict", "undecided"],
    short: "Measured, but neither pass nor fail can be said yet. The reason says what would settle it.",
    text: [
      "It was too short, too noisy, or a rise stood at the very end. A run goes on by itself as far as `maxOperations` or `maxDuration` lets it. Exit code 3: not a leak, and not a clean bill.",
    ],
    steps: [
      "Do what the reason says. Most often: run longer, in full size and not `--quick`, or with a longer drain.",
      "`watertight plan FILE` says beforehand how rare a leak a run can see.",
    ],
    see: ["unchecked", "unclear", "3"],
  },
  {
    kind,
    word: "unchecked",
    also: ["not measured", "not checked"],
    short: "Not measured, so it is not a pass. The reason says what was missing.",
    text: [
      "The resource could not be read (another user's process, a runtime that cannot be looked into), or nothing was tried that could have shown a leak. Exit code 3.",
    ],
    steps: [
      "`watertight doctor` says what this machine can see, and how to mend what it cannot.",
      'A resource that your server does not have is dropped by name, with a reason: `ptys: {drop: "it opens no PTY"}`.',
    ],
    see: ["dropped", "3"],
  },
  {
    kind,
    word: "dropped",
    also: ["drop"],
    short: "The scenario does not judge this criterion, and says why.",
    text: ['It is shown, and decides nothing: `ptys: {drop: "it opens no PTY"}`.'],
    see: ["unchecked"],
  },
  {
    kind,
    word: "broke",
    also: ["broken", "target broke"],
    short: "The target or the environment failed, so nothing is said of leaks.",
    text: [
      "The target did not start, was never ready, died under way, or too much of the load did not land (`maxFailed`, 1%). Exit code 4.",
    ],
    steps: [
      "Read the last lines of the target's output in the report; the whole is in its folder.",
      "Start the command by hand, in the folder that the scenario names.",
    ],
    see: ["4", "operations failed"],
  },
];
