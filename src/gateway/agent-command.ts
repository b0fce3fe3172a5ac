import { basename } from "node:path";
import { parseArgsStringToArgv } from "string-argv";
import { GatewayOptionError } from "./gateway-option-error.js";

/** The agent's command line, split into words once and filled with a prompt for each run. */
export interface AgentCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** Whether it wants a terminal: `goose` does, anything else runs on pipes. */
  readonly pty: boolean;
}

/**
 * Splits a command line such as `goose run ?` into words, quotes understood,
 * no shell involved.
 *
 * @throws GatewayOptionError when there is no word in it.
 */
export function parseAgentCommand(text: string): AgentCommand {
  const [command, ...args] = parseArgsStringToArgv(text);
  if (command === undefined) throw new GatewayOptionError("the agent command is empty");
  return { command, args, pty: basename(command) === "goose" };
}

/** The arguments of one run: each word that is `?` becomes the prompt, as one argument. */
export function argumentsFor(agent: AgentCommand, prompt: string): string[] {
  return agent.args.map((word) => (word === "?" ? prompt : word));
}
