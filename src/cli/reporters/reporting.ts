import { resolve } from "node:path";
import { brokeProblem, exitCodes, messageOf, Problem } from "../../model/problem.js";
import type { Report, ReporterContext, RunEvent } from "../../model/reporting.js";
import { inert } from "../../report/inert.js";
import { widthOf, widthOfFiles } from "../columns.js";
import { type Host, wantsColour } from "../host.js";
import { warning } from "../problems.js";
import { shortPath } from "../short-path.js";
import { type AskedReporter, isForStdout } from "./asked.js";
import { builtIn, isBuiltIn } from "./built-in.js";
import { loadFactory, setUp } from "./load.js";
import { growingFileSink, requireWritable, type Sink, streamSink, wholeFileSink } from "./sink.js";
import { Opened } from "./opened.js";

export interface ReportingOptions {
  /** Says nothing of the files that it writes. */
  readonly isQuiet?: boolean;
  /** A reporter that takes longer at the end is given up. */
  readonly endWithinMs?: number;
}

const endWithinMs = 30_000;
/** What a reporter that was given up still holds open must not keep the tool from its exit. */
const leaveAfterMs = 2000;

/** All reporters of one command. What goes wrong in one of them is told on stderr, and costs no other one. */
export class Reporting {
  readonly #host: Host;
  readonly #options: ReportingOptions;
  readonly #opened: Opened[] = [];
  #folderFile = "";

  private constructor(host: Host, options: ReportingOptions) {
    this.#host = host;
    this.#options = options;
  }

  /** @throws Problem exit 2: a file that cannot be written, a module that is no reporter. */
  static async open(
    asked: readonly AskedReporter[],
    host: Host,
    options: ReportingOptions = {},
  ): Promise<Reporting> {
    const reporting = new Reporting(host, options);
    for (const { destination } of asked.filter(isForFile)) if (destination) requireWritable(destination);
    const factories = await Promise.all(asked.map((one) => loadFactory(one, host.cwd())));
    for (const [index, one] of asked.entries()) {
      const factory = factories[index];
      if (factory) await reporting.#add(one, factory);
    }
    return reporting;
  }

  async #add(one: AskedReporter, factory: Parameters<typeof setUp>[0]): Promise<void> {
    const sink = sinkOf(one, this.#host, () => this.#folderFile);
    const reporter = await setUp(factory, one, contextOf(one, this.#host, sink));
    const isLast = !isBuiltIn(one.name) || builtIn[one.name].live === true;
    this.#opened.push(
      new Opened({ name: one.name, sink, reporter, isLast, onFail: (error) => this.#tell(one.name, error) }),
    );
  }

  /** One of them could not do its work. */
  get hasFailed(): boolean {
    return this.#opened.some(({ isFailed }) => isFailed);
  }

  /** Something happened. */
  event(event: RunEvent): void {
    for (const one of this.#opened) one.event(event);
  }

  /**
   * The end, once.
   * @returns what to exit with: a reporter that failed makes 4 of a pass, and of nothing else.
   */
  async end(report: Report): Promise<number> {
    this.#folderFile = resolve(this.#host.cwd(), fileInFolderOf(report));
    const ms = this.#options.endWithinMs ?? endWithinMs;
    await Promise.all(this.#opened.map((one) => one.end(report, ms)));
    await this.#close(this.#opened.filter(({ isLast }) => !isLast));
    return this.#leave(report.exitCode);
  }

  /** There is nothing to report, since the command itself failed; what was told live so far is closed. */
  async abandon(exitCode: number): Promise<void> {
    await this.#leave(exitCode);
  }

  /** Those that tell what happens are told last how it ended. */
  async #leave(exitCode: number): Promise<number> {
    this.event({ type: "end", atMs: Date.now(), exitCode: this.#exitCode(exitCode) });
    await this.#close(this.#opened.filter(({ isLast }) => isLast));
    // The tool has nothing more to do: an unreferenced timer is heard only where something else keeps it alive.
    if (this.#opened.some(({ name, isFailed }) => isFailed || !isBuiltIn(name)))
      setTimeout(() => this.#host.exit(), leaveAfterMs).unref();
    return this.#exitCode(exitCode);
  }

  async #close(reporters: readonly Opened[]): Promise<void> {
    for (const one of reporters) {
      const path = await one.close();
      if (path === undefined || this.#options.isQuiet) continue;
      this.#host.stderr.write(`${inert(`${one.name}: wrote ${shortPath(path, this.#host.cwd())}`)}\n`);
    }
  }

  #exitCode(ofReport: number): number {
    return ofReport === exitCodes.pass && this.hasFailed ? exitCodes.broke : ofReport;
  }

  #tell(name: string, error: unknown): void {
    const { message, why, fix } = error instanceof Problem ? error : brokeProblem({ what: messageOf(error) });
    const again = "the other reports are not touched; `watertight report RECORD --reporter …` makes it again";
    this.#host.stderr.write(
      warning({
        what: `reporter ${name} failed`,
        why: why === undefined ? message : `${message}: ${why}`,
        fix: fix === undefined ? again : `${fix}; ${again}`,
      }),
    );
  }
}

/** One run has a folder; several have their report beside their folders. */
function fileInFolderOf({ runs, where }: Report): string {
  return runs.length === 1 ? `${where}/report.html` : `${where.replace("*", "report")}.html`;
}

function isForFile({ name, destination }: AskedReporter): boolean {
  return destination !== undefined && !(isBuiltIn(name) && builtIn[name].alone === "network");
}

function sinkOf(asked: AskedReporter, host: Host, fileInFolder: () => string): Sink {
  const { name, destination, toStderr } = asked;
  const known = isBuiltIn(name) ? builtIn[name] : undefined;
  if (toStderr) return streamSink(host.stderr);
  if (isForStdout(asked) || known?.alone === "network") return streamSink(host.stdout);
  if (destination === undefined) return wholeFileSink(fileInFolder);
  return known?.live === true ? growingFileSink(destination) : wholeFileSink(() => destination);
}

function contextOf(asked: AskedReporter, host: Host, sink: Sink): ReporterContext {
  const isOnStdout = isForStdout(asked);
  return {
    write: sink.write,
    destination: asked.destination,
    colour: isOnStdout && wantsColour(host, host.stdout),
    width: isOnStdout ? widthOf(host) : widthOfFiles,
    cwd: host.cwd(),
    env: host.env,
  };
}
