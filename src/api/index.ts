export type { Finding, FlowRate, FoundResource, LeavingOperation, LeftBy, Origin } from "../model/finding.js";
export { type ExitCode, exitCodes, Problem } from "../model/problem.js";
export type { Progress } from "../model/progress.js";
export type {
  Report,
  ReportedRun,
  Reporter,
  ReporterContext,
  ReporterFactory,
  RunEvent,
} from "../model/reporting.js";
export type {
  CriterionId,
  CriterionResult,
  CriterionVerdict,
  OperationCounts,
  ScenarioResult,
  ScenarioVerdict,
  Shape,
} from "../model/verdict.js";
export { judge } from "./judge.js";
export { report, type ReportOptions } from "./report.js";
export type { ScenarioObject } from "./scenario-file.js";
export { soak, type Soaked, type SoakOptions } from "./soak.js";
