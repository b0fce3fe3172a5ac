import type { ProcessManager, ResourceMonitor } from "../lifecycle/index.js";
import type { AgentCommand } from "./agent-command.js";
import type { FileIndex } from "./file-index.js";
import type { Seams } from "./seams.js";

/** What all sessions of a gateway share. */
export interface Services {
  readonly agent: AgentCommand;
  readonly env: NodeJS.ProcessEnv;
  readonly graceMs: number;
  readonly pingEveryMs: number;
  readonly manager: ProcessManager;
  readonly monitor: ResourceMonitor;
  readonly index: FileIndex;
  readonly seams: Seams;
  readonly log: (line: string) => void;
}
