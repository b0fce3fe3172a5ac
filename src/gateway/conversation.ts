import { type ConnectionScope, ProcessLimitError } from "../lifecycle/index.js";
import { type AgentExit, AgentRun } from "./agent-run.js";
import type { FrameSender } from "./frame-sender.js";
import { History } from "./history.js";
import { LatestOnly } from "./latest-only.js";
import type { PlantedSession } from "./plants/plant.js";
import type { Services } from "./services.js";

export interface ConversationOptions {
  readonly session: PlantedSession;
  readonly services: Services;
  readonly scope: ConnectionScope;
  readonly sender: FrameSender;
}

interface Prompt {
  readonly content: string;
  readonly sessionID?: string;
}

/** The prompts of one client, answered by one agent at a time: a new prompt ends the run before it. */
export class Conversation {
  readonly #session: PlantedSession;
  readonly #services: Services;
  readonly #scope: ConnectionScope;
  readonly #sender: FrameSender;
  readonly #history = new History();
  readonly #prompts: LatestOnly<Prompt>;
  #run: AgentRun | undefined;

  constructor(options: ConversationOptions) {
    this.#session = options.session;
    this.#services = options.services;
    this.#scope = options.scope;
    this.#sender = options.sender;
    this.#prompts = new LatestOnly({
      run: (prompt) => this.#answer(prompt),
      interrupt: () => this.#interrupt(),
      onReplaced: () => this.#complain("the prompt was replaced by a newer one before it ran"),
    });
  }

  ask(prompt: Prompt & { readonly firstMessage: boolean }): void {
    if (prompt.firstMessage) this.#history.clear();
    this.#prompts.submit(prompt);
  }

  /** Ends the run under way, and forgets a prompt that waits for its end. */
  stop(): void {
    this.#prompts.clear();
    this.#interrupt();
  }

  /** Each prompt is answered by one `exec_end`, or by one `error` where it is refused. */
  async #answer(prompt: Prompt): Promise<void> {
    if (this.#scope.signal.aborted) return;
    const run = this.#start(prompt);
    if (run instanceof ProcessLimitError) return this.#complain(run.message);
    this.#announce(prompt.content);
    if (run instanceof AgentRun) await this.#follow(run);
    else this.#report({ code: null, signal: null, error: run.message }, undefined);
  }

  /** The run, or why there is none. */
  #start({ content, sessionID }: Prompt): AgentRun | Error {
    const { manager, agent } = this.#services;
    const env =
      sessionID === undefined ? this.#services.env : { ...this.#services.env, GATEWAY_SESSION: sessionID };
    try {
      return new AgentRun({ manager, agent, env, prompt: content, onLine: (line) => this.#say(line) });
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  #announce(prompt: string): void {
    this.#history.add({ sender: "user", content: prompt });
    this.#sender.send({ type: "user", sender: "USER" });
    this.#sender.send({ type: "content", content: prompt });
    this.#sender.send({ type: "bot", sender: "goose" });
    this.#sender.send({ type: "exec_start", turn: this.#history.turns });
  }

  async #follow(run: AgentRun): Promise<void> {
    const { seams, agent } = this.#services;
    this.#run = run;
    seams.runStarted(this.#session, { pid: run.pid, pty: agent.pty });
    const end = await this.#wait(run);
    this.#run = undefined;
    this.#report(end, run.pid);
  }

  /** The scope owns the agent for as long as it runs. */
  async #wait(run: AgentRun): Promise<AgentExit> {
    const disown = this.#scope.own("agent", () => this.#leave(run));
    this.#sender.source = run;
    try {
      return await run.ended;
    } finally {
      this.#sender.source = undefined;
      disown();
    }
  }

  async #leave(run: AgentRun): Promise<void> {
    const { seams, graceMs } = this.#services;
    if (!seams.keepAgent(this.#session, run.pid)) await run.terminate(graceMs);
  }

  #report(end: AgentExit & { readonly error?: string }, pid: number | undefined): void {
    const { seams, agent } = this.#services;
    this.#sender.send({ type: "exec_end", ...end });
    seams.runEnded(this.#session, { pid, pty: agent.pty, failed: end.code !== 0 });
  }

  #say(line: string): void {
    this.#history.add({ sender: "agent", content: line });
    this.#sender.send({ type: "content", content: line });
  }

  #interrupt(): void {
    const { graceMs, log } = this.#services;
    this.#run
      ?.terminate(graceMs)
      .catch((error: unknown) => log(`session ${this.#session.id}: ${String(error)}`));
  }

  #complain(message: string): void {
    this.#sender.send({ type: "error", message });
  }
}
