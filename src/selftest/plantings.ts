import type { CriterionId } from "../model/verdict.js";

/** Where a plant of the reference gateway is put, and what must find it. */
export interface Planting {
  readonly plant: string;
  /** A shipped scenario whose flows give it opportunities. */
  readonly scenario: string;
  /** The criterion that it grows. */
  readonly criterion: CriterionId;
  /** Criteria that may fail with it as well; any other that fails accuses the innocent. */
  readonly also: readonly CriterionId[];
  /** What one leak keeps, where the criterion counts bytes. */
  readonly bytesPerLeak?: number;
  /** Share (0–1) of the leaks that are still there after the drain; all of them where it is not said. */
  readonly lasts?: number;
  /** Leaks per opportunity, the first level first (see `levels`). */
  readonly rates: readonly number[];
}

const usual = [1, 0.1, 0.02, 0.004] as const;

/** Every plant, in the order of `watertight list`. */
export const plantings: readonly Planting[] = [
  { plant: "zombie", scenario: "error-storm", criterion: "zombies", also: ["processes"], rates: usual },
  { plant: "stuck-wait", scenario: "error-storm", criterion: "tasks", also: [], rates: usual },
  {
    plant: "orphan",
    scenario: "disconnect-midstream",
    criterion: "processes",
    also: ["ptys", "fds", "tasks", "memory"],
    // 16 of 25 clients leave an agent that hangs; the others' are only slow, and come to their own end.
    lasts: 16 / 25,
    rates: usual,
  },
  {
    plant: "context",
    scenario: "connect-churn",
    criterion: "tasks",
    also: ["fds", "memory"],
    rates: usual,
  },
  { plant: "indexer", scenario: "idle-indexer", criterion: "tasks", also: ["memory"], rates: usual },
  { plant: "pty", scenario: "goose-churn", criterion: "ptys", also: ["fds"], rates: usual },
  {
    plant: "scanner",
    scenario: "stderr-flood",
    criterion: "fds",
    also: ["tasks", "memory", "processes"],
    rates: usual,
  },
  { plant: "fd", scenario: "connect-churn", criterion: "fds", also: [], rates: usual },
  {
    plant: "memory",
    scenario: "connect-churn",
    criterion: "memory",
    also: [],
    bytesPerLeak: 256 * 1024,
    // Below 0.1 it stays within the budget of a day.
    rates: [1, 0.25],
  },
  { plant: "half-closed", scenario: "connect-churn", criterion: "fds", also: ["tasks"], rates: usual },
  { plant: "rare", scenario: "error-storm", criterion: "fds", also: [], rates: [0.1, 0.02] },
];
