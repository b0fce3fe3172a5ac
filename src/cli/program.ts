import { Command } from "commander";
import { bisectOption } from "./bisect.js";
import { type Problem, usageProblem } from "../model/problem.js";
import { nearest } from "../scenario/found.js";
import { addGateway } from "./gateway-program.js";
import { addCompletion } from "./completion/completion-program.js";
import { addDoctor } from "./doctor-program.js";
import { addExplain } from "./explain-program.js";
import { exitCodesHelp, judgeHelp, planHelp, reportHelp, rootHelp, runHelp } from "./help.js";
import { addInit } from "./init/init-program.js";
import type { JudgeOptions } from "./judge-series.js";
import { addCompare, beyondOption } from "./compare/compare-program.js";
import { keepHeapLean } from "./lean-heap.js";
import { version } from "./paths.js";
import { formatOption, type ProgramContext, type ReporterWords, reportersOption } from "./program-context.js";
import type { PlanOptions } from "./plan.js";
import type { RunOptions } from "./run-request.js";
import { addScenario } from "./scenario/scenario-program.js";
import { addShrink } from "./shrink-program.js";
import { addSelftest } from "./selftest/selftest-program.js";
import { addNightly } from "./nightly/nightly-program.js";
import { addHistory } from "./nightly/history-program.js";
import { usageText } from "./usage-text.js";
import { addWatch } from "./watch/watch-program.js";

/** The commands and their options. Each command's own module is loaded only when it runs: help must be quick. */
export function buildProgram(context: ProgramContext): Command {
  const { host } = context;
  const program = new Command("watertight")
    .description("Finds resource leaks in long-running servers.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand(false)
    .showSuggestionAfterError()
    .configureHelp({ minWidthToWrap: narrowest })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      writeErr: (text) => host.stderr.write(text),
      outputError: (text, write) => write(usageText(text, "watertight")),
      getOutHelpWidth: () => helpWidth(host.stdout),
      getErrHelpWidth: () => helpWidth(host.stderr),
    })
    .addHelpText("after", rootHelp + exitCodesHelp);
  addInit(program, context);
  addRun(program, context);
  addWatch(program, context);
  addNightly(program, context);
  addHistory(program, context);
  addPlan(program, context);
  addShrink(program, context);
  addGateway(program, context);
  addList(program, context);
  addRecordCommands(program, context);
  addCompare(program, context);
  addSelftest(program, context);
  addScenario(program, context);
  addDoctor(program, context);
  addExplain(program, context);
  addCompletion(program, context);
  addHelp(program);
  for (const command of program.commands) pointAtHelp(command, "watertight");
  return program;
}

/** What is wrong with the words of a command is explained by the help of that command. */
function pointAtHelp(command: Command, before: string): void {
  const name = `${before} ${command.name()}`;
  command.configureOutput({ outputError: (text, write) => write(usageText(text, name)) });
  for (const part of command.commands) pointAtHelp(part, name);
}

/** Commander's own prints the help of the whole where it does not know the command. */
function addHelp(program: Command): void {
  program
    .command("help")
    .summary("print help for a command")
    .description("Prints help for a command.")
    .argument("[command]", "its name")
    .action((name: string | undefined) => {
      const commands = program.createHelp().visibleCommands(program);
      const names = commands.map((command) => command.name());
      const command = name === undefined ? program : commands[names.indexOf(name)];
      if (!command) throw noSuchCommand(name ?? "", names);
      command.outputHelp();
    });
}

function noSuchCommand(name: string, names: readonly string[]): Problem {
  const meant = nearest(name, names);
  const fix = meant === undefined ? `there are: ${names.join(", ")}` : `Did you mean ${meant}?`;
  return usageProblem({ what: `unknown command '${name}'`, fix });
}

function addRun(program: Command, { host, command, finish }: ProgramContext): void {
  program
    .command("run")
    .summary("drive a server through scenarios and judge what it kept")
    .description("Starts the server, drives it through the scenarios, and judges what it kept.")
    .usage("[options] [scenario...] [-- COMMAND ...]")
    .argument("[scenario...]", "names of shipped scenarios, or files (default: all but memory-soak)")
    .option("--quick", "every scenario in its small size: all of them within a minute")
    .option("--duration <time>", "load for this long, e.g. 10m, in place of the scenario's own size")
    .option("--plant <name[:rate]>", "put one leak into the reference gateway on purpose")
    .option(
      "--attach <pid:N|port:N>",
      "drive a server that runs already; it is neither signalled nor stopped",
    )
    .option("--allow-signals", "with --attach: SIGUSR1 to a Node server, to look inside")
    .option("--out <dir>", "folder for record, report and logs (default: reports/<time>-<scenario>)")
    .addOption(reportersOption())
    .option("--seed <number>", "seed of the mix of flows, to repeat a run", "1")
    .option(
      "--why",
      "after a fail, run the guilty flow again to see where it is made (default: on, off in CI)",
    )
    .option("--no-why", "no second pass after a fail")
    .option("--baseline <dir>", "compare with the runs that are kept there")
    .option("--against <command>", "another build, the older one: both take turns, then are compared")
    .option("--repeats <number>", "with --against: runs of each build (default: 2)")
    .addOption(beyondOption())
    .option("--no-progress", "no live line on stderr")
    .option(bisectOption, "exit as git bisect run expects: 0 pass, 1 fail, 125 could not tell")
    .addHelpText("after", runHelp + exitCodesHelp)
    .action(async (names: string[], options: RunOptions) => {
      keepHeapLean();
      const { runCommand } = await import("./run.js");
      finish(await runCommand({ names, options, command, host }));
    });
}

function addPlan(program: Command, { host, command, finish }: ProgramContext): void {
  program
    .command("plan")
    .summary("say what a run would do and be able to see")
    .description("Says how long a run takes and how rare a leak it can see. Starts nothing.")
    .usage("[options] [scenario...] [-- COMMAND ...]")
    .argument("[scenario...]", "names of shipped scenarios, or files (default: all but memory-soak)")
    .option("--quick", "every scenario in its small size")
    .option("--duration <time>", "load for this long, e.g. 10m, in place of the scenario's own size")
    .addOption(formatOption())
    .addHelpText("after", planHelp)
    .action(async (names: string[], options: PlanOptions) => {
      const { planCommand } = await import("./plan.js");
      finish(await planCommand({ names, options, command, host }));
    });
}

function addList(program: Command, { host, finish }: ProgramContext): void {
  program
    .command("list")
    .summary("list the shipped scenarios and plants")
    .description("Lists the shipped scenarios, and the leaks that --plant can put in.")
    .action(async () => {
      const { listCommand } = await import("./list.js");
      finish(await listCommand(host));
    });
}

function addRecordCommands(program: Command, { host, finish }: ProgramContext): void {
  program
    .command("judge")
    .summary("judge a record again, or bare series: exit code as of run")
    .description("Judges a record again, or bare series. The exit code is the verdict's.")
    .argument("[record]", "record.ndjson, or the folder that holds it")
    .option("--series <file>", "judge the bare series of a file in place of a record")
    .option("--explain [name]", "the whole reasoning, for one criterion or series or for all")
    .addOption(reportersOption())
    .addHelpText("after", judgeHelp + exitCodesHelp)
    .action(async (record: string | undefined, options: JudgeOptions) => {
      const { judgeCommand } = await import("./judge.js");
      finish(await judgeCommand(record, { options, host }));
    });
  program
    .command("report")
    .summary("print the report of a record: exit 0 whatever the verdict")
    .description("Prints the report of a record. Exits 0 whatever the verdict.")
    .argument("<record>", "record.ndjson, or the folder that holds it")
    .addOption(reportersOption())
    .addHelpText("after", reportHelp)
    .action(async (path: string, options: ReporterWords) => {
      const { reportCommand } = await import("./judge.js");
      finish(await reportCommand(path, options, host));
    });
}

/** Commander's own 40 would leave a narrow terminal to break the lines. */
const narrowest = 20;

/** 80 columns at most, as manuals have it; less in a narrow terminal. */
function helpWidth(stream: { readonly columns?: number }): number {
  return Math.min(stream.columns ?? 80, 80);
}
