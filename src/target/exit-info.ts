/** How the process that leads the target ended; neither code nor signal = it was not the tool's own child. */
export interface ExitInfo {
  readonly code: number | null;
  readonly signal: string | null;
  readonly atMs: number;
}
