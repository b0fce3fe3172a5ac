export interface GatewayComment {
  /** Commands, run beside the scenario. */
  readonly install: readonly string[];
  readonly versionCommand: string;
  readonly holds: string;
  readonly verdict: "pass" | "fail" | "inconclusive";
  /** The criteria that fail. */
  readonly failing: readonly string[];
  readonly version: string;
}
export function readComment(text: string): GatewayComment;
