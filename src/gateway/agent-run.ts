import type { Readable } from "node:stream";
import type { ManagedProcess, ProcessManager } from "../lifecycle/index.js";
import { readLines } from "../lifecycle/index.js";
import { type AgentCommand, argumentsFor } from "./agent-command.js";

const maxLineBytes = 64 * 1024;

export interface AgentRunOptions {
  readonly manager: ProcessManager;
  readonly agent: AgentCommand;
  readonly prompt: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onLine: (line: string) => void;
}

export interface AgentExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** One run of the agent, from its start to its exit and the last line of its output. */
export class AgentRun {
  readonly #process: ManagedProcess;
  readonly #streams: readonly Readable[];
  /** Resolves once the agent has exited and its output is read. */
  readonly ended: Promise<AgentExit>;

  /** @throws whatever ProcessManager.start throws: ProcessLimitError, SpawnError. */
  constructor(options: AgentRunOptions) {
    const { command, pty } = options.agent;
    const args = argumentsFor(options.agent, options.prompt);
    this.#process = options.manager.start({ command, args, env: options.env, pty });
    // The prompt was all of its input: on pipes it would wait for more.
    if (!pty) this.#process.endInput();
    const { output, errors } = this.#process;
    this.#streams = errors ? [output, errors] : [output];
    this.ended = this.#end(options.onLine);
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** Stops reading, so that an agent whose listener is slow waits in its own write. */
  pause(): void {
    for (const stream of this.#streams) stream.pause();
  }

  resume(): void {
    for (const stream of this.#streams) stream.resume();
  }

  /** @throws NotTerminatedError when something of the agent's is left. */
  terminate(graceMs: number): Promise<void> {
    return this.#process.terminate(graceMs);
  }

  async #end(onLine: (line: string) => void): Promise<AgentExit> {
    const onTruncated = (): void => onLine(`[the next line is cut at ${maxLineBytes} bytes]`);
    const readers = this.#streams.map((stream) => readLines(stream, { maxLineBytes, onLine, onTruncated }));
    const exit = await this.#process.exited;
    await Promise.all(readers.map((reader) => reader.done));
    return exit;
  }
}
