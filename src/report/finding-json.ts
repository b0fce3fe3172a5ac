import type { Finding, FlowRate, LeavingOperation, LeftBy, Origin } from "../model/finding.js";
import type { StackFrame } from "../model/origin.js";
import { type Known, known } from "./known.js";

/** A finding as the report for machines has it: what is not known is null, never left out. */
export type FindingDocument = Omit<Finding, "resources" | "by" | "flows" | "origin"> & {
  readonly resources: readonly Known<Finding["resources"][number]>[];
  readonly by: LeftByDocument | null;
  readonly flows: readonly FlowDocument[];
  readonly origin: OriginDocument | null;
};

type LeftByDocument = Known<Omit<LeftBy, "examples">> & {
  readonly examples: readonly Known<LeavingOperation>[];
};

type OriginDocument = Known<Omit<Origin, "stack">> & { readonly stack: readonly Known<StackFrame>[] };

/** A rate that is not finite is not known. */
export type FlowDocument = Omit<FlowRate, "rate" | "low" | "high"> & {
  readonly [Name in "rate" | "low" | "high"]: number | null;
};

export function findingDocument(finding: Finding): FindingDocument {
  return {
    ...finding,
    resources: finding.resources.map((found) => ({
      ...found,
      count: known(found.count),
      hoursToExhaustion: known(found.hoursToExhaustion),
    })),
    by: finding.by === undefined ? null : leftByDocument(finding.by),
    flows: finding.flows.map(flowDocument),
    origin: finding.origin === undefined ? null : originDocument(finding.origin),
  };
}

export function flowDocument(flow: FlowRate): FlowDocument {
  return { ...flow, rate: known(flow.rate), low: known(flow.low), high: known(flow.high) };
}

function leftByDocument(by: LeftBy): LeftByDocument {
  return {
    ...by,
    examples: by.examples.map((example) => ({ ...example, step: example.step ?? null })),
    wouldHelp: by.wouldHelp ?? null,
  };
}

function originDocument(origin: Origin): OriginDocument {
  return {
    ...origin,
    stack: origin.stack.map((frame) => ({
      ...frame,
      name: frame.name ?? null,
      line: known(frame.line),
      column: known(frame.column),
    })),
    retainedBy: origin.retainedBy ?? null,
  };
}
