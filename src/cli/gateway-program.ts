import type { Command } from "commander";
import type { GatewayWords } from "./gateway.js";
import { gatewayHelp } from "./help.js";
import type { ProgramContext } from "./program-context.js";

/** Declares `watertight gateway`. */
export function addGateway(program: Command, { host, finish }: ProgramContext): void {
  program
    .command("gateway")
    .summary("run the reference chat gateway alone")
    .description("Runs the reference chat gateway until SIGTERM or Ctrl-C, and prints its URL.")
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--port <number>", "port to listen on; 0 = a free one", "0")
    .option("--agent <command>", "the agent; ? becomes the prompt", "goose run ?")
    .option("--folder <dir>", "folder that fuzzy search covers", ".")
    .option("--index-every <time>", "pause between two indexings", "2m")
    .option("--ping-every <time>", "a peer that misses one ping is gone", "30s")
    .option("--grace <time>", "from SIGINT to SIGKILL of an agent", "2s")
    .option("--stop-within <time>", "limit of an orderly stop", "5s")
    .option("--max-processes <number>", "agents that may run at once", "256")
    .option("--plant <name[:rate]>", "put a leak in on purpose (repeatable)", collect, [])
    .addHelpText("after", gatewayHelp)
    .action(async (options: GatewayWords) => {
      const { gatewayCommand } = await import("./gateway.js");
      finish(await gatewayCommand(options, host));
    });
}

function collect(value: string, all: string[]): string[] {
  return [...all, value];
}
