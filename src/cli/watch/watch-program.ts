import type { Command } from "commander";
import { exitCodesHelp } from "../help.js";
import { type ProgramContext, reportersOption } from "../program-context.js";
import type { WatchWords } from "./watch-request.js";

export const watchHelp = `
Examples:
  watertight watch --port 8080                 ten minutes of its listener
  watertight watch --pid 4127 --for 30m
  watertight watch --port 8080 --prometheus /metrics --go

It only looks: nothing is sent to the server, unless --prometheus, --go or
--allow-signals says so. It is never stopped. Ctrl-C ends the watch early and
judges what there is; twice leaves at once.
`;

/** Declares `watertight watch`. */
export function addWatch(program: Command, { host, finish }: ProgramContext): void {
  program
    .command("watch")
    .summary("look on while a server runs, and say what grows")
    .description("Watches a server that runs already, and judges what grows.")
    .option("--pid <number>", "the process, with all below it")
    .option("--port <number>", "whoever listens on this TCP port, with all below them")
    .option("--for <time>", "watch for this long", "10m")
    .option("--every <time>", "from one look to the next (default: 10s, less in a short watch)")
    .option("--out <dir>", "folder for record and report (default: reports/<time>-<target>)")
    .addOption(reportersOption())
    .option("--prometheus <path>", "read this page at each look, e.g. /metrics")
    .option("--go [path]", "look into a Go server through net/http/pprof (default: /debug/pprof/)")
    .option("--allow-signals", "SIGUSR1 to a Node server, to look inside")
    .option("--no-progress", "no live line on stderr, only what is news")
    .addHelpText("after", watchHelp + exitCodesHelp)
    .action(async (words: WatchWords) => {
      const { watchCommand } = await import("./watch.js");
      finish(await watchCommand(words, host));
    });
}
