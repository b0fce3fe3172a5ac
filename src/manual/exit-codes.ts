import type { Page } from "../model/manual.js";

const kind = "exit code";

/** Of the commands that judge; the help of each other command lists its own. */
export const exitCodePages: readonly Page[] = [
  {
    kind,
    word: "0",
    also: ["exit 0", "exit code 0"],
    short: "Every criterion passes.",
    text: ["Each with the smallest leak that it would have seen. Dropped criteria decide nothing."],
    see: ["pass"],
  },
  {
    kind,
    word: "1",
    also: ["exit 1", "exit code 1"],
    short: "A criterion failed: something leaks.",
    text: ["One failed criterion decides, whatever the others say. With `compare`: a regression."],
    see: ["fail"],
  },
  {
    kind,
    word: "2",
    also: ["exit 2", "exit code 2", "usage"],
    short: "Wrong words on the command line or in a scenario file. Nothing was started.",
    text: ["The message says what is wrong, why, and what to write in its place."],
    steps: ["`watertight COMMAND --help`, or `watertight scenario lint FILE` for every mistake of a file."],
  },
  {
    kind,
    word: "3",
    also: ["exit 3", "exit code 3"],
    short: "Inconclusive or unchecked, and none failed.",
    text: [
      "Not a leak, and not a clean bill: something could not be decided, or not be measured. In CI, decide beforehand whether 3 stops a change; the ready workflows let it through as a warning.",
    ],
    steps: ["Read the reason of each criterion that is not `pass`: it says what would settle it."],
    see: ["inconclusive", "unchecked"],
  },
  {
    kind,
    word: "4",
    also: ["exit 4", "exit code 4"],
    short: "The target or the environment broke: did not start, died, the load did not land.",
    text: ["Nothing is said of leaks. A full disk, or a file that cannot be written, is one of these, too."],
    see: ["broke"],
  },
  {
    kind,
    word: "130",
    also: ["exit 130", "exit code 130", "143", "exit 143", "exit code 143", "interrupted", "Ctrl-C"],
    short: "Interrupted: 130 by Ctrl-C (SIGINT), 143 by SIGTERM.",
    text: [
      "The first Ctrl-C stops the load and judges what there is; a second leaves at once. Either way nothing of the target stays alive.",
    ],
  },
  {
    kind,
    word: "125",
    also: ["exit 125", "exit code 125", "bisect"],
    short: "With --exit-code-for-bisect: could not tell, so `git bisect run` skips the commit.",
    text: ["There 0 is a pass and 1 a fail; everything else becomes 125."],
    see: ["3", "4"],
  },
];
