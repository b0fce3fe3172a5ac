export type { ProcessExit } from "./child.js";
export type { Cleanup } from "./cleanup-stack.js";
export { ConnectionScope, type ConnectionScopeOptions, type ReleaseReport } from "./connection-scope.js";
export { type LeftProcess, NotTerminatedError, ProcessLimitError, SpawnError } from "./errors.js";
export { type LineReader, type LineReaderEnd, type LineReaderOptions, readLines } from "./line-reader.js";
export type { ManagedProcess } from "./managed-process.js";
export { PeriodicTask, type PeriodicTaskOptions } from "./periodic-task.js";
export {
  type Admission,
  ProcessManager,
  type ProcessManagerOptions,
  type StartOptions,
} from "./process-manager.js";
export type { PtySize } from "./pty-child.js";
export { type Metrics, metricsOf } from "./metrics.js";
export {
  type AdmissionAnswer,
  type ResourceLimits,
  ResourceMonitor,
  type ResourceMonitorOptions,
  type ThresholdEvent,
} from "./resource-monitor.js";
export type { ResourceUsage } from "./resource-usage.js";
