import type { Proof, SelftestResult, TrialResult } from "../../src/model/selftest.js";
import { criterion, steadyMemory } from "./samples.js";

export const proof: Proof = {
  tool: "watertight 0.1.0",
  kernel: "6.18.0",
  node: "v20.20.2",
  provenAt: "2026-11-23T23:59:59.000Z",
  sights: [
    { criterion: "fds", unit: "count", detectable: 0.0188, caught: 0.0867 },
    { criterion: "memory", unit: "bytes", detectable: 4516, caught: 57_700 },
  ],
};

export function twin(scenario: string, given: Partial<TrialResult> = {}): TrialResult {
  return {
    scenario,
    plant: undefined,
    operations: 150,
    outcome: "clean",
    planted: 0,
    landed: 150,
    truth: undefined,
    criterion: undefined,
    detectable: { fds: 0.0188, memory: 4516 },
    durationMs: 6800,
    reason: "every criterion passes",
    ...given,
  };
}

export function planted(name: string, rate: number, given: Partial<TrialResult> = {}): TrialResult {
  const found = criterion("fds", {
    verdict: "fail",
    baseline: 29,
    end: 42,
    perOperation: 0.0871,
    low: 0.08,
    high: 0.093,
    reason: "13 file descriptors were left by 150 operations (0.087 each): /dev/null (13)",
  });
  return {
    ...twin("connect-churn"),
    plant: { name, rate },
    outcome: "found",
    planted: 13,
    truth: 13 / 150,
    criterion: found,
    detectable: {},
    reason: `fds: ${found.reason}`,
    ...given,
  };
}

const grown = { ...steadyMemory, perOperation: 58_000, low: 52_700, high: 63_400, verdict: "fail" as const };

const everyTime = criterion("fds", {
  verdict: "fail",
  baseline: 29,
  end: 161,
  perOperation: 0.88,
  low: 0.88,
  high: 0.88,
});

export const goodTrials: readonly TrialResult[] = [
  planted("fd", 1, { planted: 132, criterion: everyTime }),
  planted("fd", 0.1),
  planted("memory", 0.25, { planted: 33, criterion: grown, reason: `memory: ${grown.reason}` }),
  twin("connect-churn"),
  twin("error-storm"),
  planted("rare", 0.02, { scenario: "error-storm" }),
];

export function selftest(given: Partial<SelftestResult> = {}): SelftestResult {
  return {
    exitCode: 0,
    trials: goodTrials,
    untried: [],
    neverFound: [],
    proof,
    givenMs: 120_000,
    durationMs: 101_000,
    notes: [],
    ...given,
  };
}

const pass = criterion("fds", { detectable: 0.02, baseline: 29, end: 29 });

/** One of each thing that can go wrong. */
export const badTrials: readonly TrialResult[] = [
  twin("connect-churn", {
    outcome: "accused",
    criterion: criterion("tasks", { verdict: "fail", reason: "12 timers were left" }),
    reason: "tasks: 12 timers were left",
  }),
  planted("fd", 0.1, { outcome: "missed", criterion: pass, reason: `fds: ${pass.reason}` }),
  planted("fd", 0.004, { outcome: "below", planted: 1, criterion: pass, reason: `fds: ${pass.reason}` }),
  planted("memory", 0.25, {
    outcome: "allowed",
    criterion: { ...grown, verdict: "pass" },
    reason: `memory: ${grown.reason}`,
  }),
  planted("context", 1, {
    outcome: "unclear",
    criterion: criterion("tasks", { verdict: "inconclusive", reason: "the interval is too wide" }),
    reason: "tasks: the interval is too wide",
  }),
  planted("half-closed", 1, {
    outcome: "broke",
    criterion: undefined,
    truth: undefined,
    landed: 0,
    planted: 0,
    reason: "the target was killed by SIGKILL after 0 operations",
  }),
  twin("disconnect-midstream", { outcome: "interrupted", reason: "you stopped it" }),
];
