import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { exitCodes, messageOf, usageProblem } from "../../model/problem.js";
import type { Report, Reporter, ReporterFactory, RunEvent } from "../../model/reporting.js";
import { widthOf, widthOfFiles } from "../columns.js";
import { type Host, wantsColour } from "../host.js";
import { warning } from "../problems.js";
import { type AskedReporter, isForStdout } from "./asked.js";
import { builtIn, isBuiltIn } from "./built-in.js";
import { growingFileSink, requireFolderOf, type Sink, stdoutSink, wholeFileSink } from "./sink.js";

interface Opened {
  readonly name: string;
  readonly sink: Sink;
  readonly reporter: Reporter;
}

/** All reporters of one command. What goes wrong in one of them is told on stderr, and costs no other one. */
export class Reporting {
  readonly #host: Host;
  readonly #opened: readonly Opened[];
  /** Those that failed: they are not asked again. */
  readonly #failed = new Map<Opened, unknown>();
  #folderFile = "";

  private constructor(host: Host, open: (fileInFolder: () => string) => readonly Opened[]) {
    this.#host = host;
    this.#opened = open(() => this.#folderFile);
  }

  /** @throws Problem exit 2: a file that cannot be written, a module that is no reporter. */
  static async open(asked: readonly AskedReporter[], host: Host): Promise<Reporting> {
    const loaded = await Promise.all(
      asked.map(async (one) => ({ one, factory: await load(one, host.cwd()) })),
    );
    let fileInFolder = (): string => "";
    const opened: Opened[] = [];
    for (const { one, factory } of loaded) {
      const sink = sinkOf(one, { host, fileInFolder: () => fileInFolder() });
      opened.push({ name: one.name, sink, reporter: await factory(contextOf(one, { host, sink })) });
    }
    return new Reporting(host, (file) => {
      fileInFolder = file;
      return opened;
    });
  }

  /** Something happened. */
  event(event: RunEvent): void {
    for (const one of this.#working()) {
      try {
        one.reporter.onEvent?.(event);
      } catch (error) {
        this.#fail(one, error);
      }
    }
  }

  /**
   * The end, once.
   * @returns what to exit with: a reporter that failed makes 4 of a pass, and of nothing else.
   */
  async end(report: Report): Promise<number> {
    this.#folderFile = resolve(this.#host.cwd(), fileInFolderOf(report));
    for (const one of this.#working()) {
      try {
        await one.reporter.onEnd?.(report);
        await one.sink.close();
      } catch (error) {
        this.#fail(one, error);
      }
    }
    const isPass = report.exitCode === exitCodes.pass;
    return isPass && this.#failed.size > 0 ? exitCodes.broke : report.exitCode;
  }

  #working(): readonly Opened[] {
    return this.#opened.filter((one) => !this.#failed.has(one));
  }

  #fail(one: Opened, error: unknown): void {
    this.#failed.set(one, error);
    const fix = "the other reports are not touched; `watertight report RECORD --reporter …` makes it again";
    this.#host.stderr.write(warning({ what: `reporter ${one.name} failed`, why: messageOf(error), fix }));
  }
}

/** One run has a folder; several have their report beside their folders. */
function fileInFolderOf({ runs, where }: Report): string {
  return runs.length === 1 ? `${where}/report.html` : `${where.replace("*", "report")}.html`;
}

interface Opening {
  readonly host: Host;
  readonly fileInFolder: () => string;
}

function sinkOf(asked: AskedReporter, { host, fileInFolder }: Opening): Sink {
  const { name, destination } = asked;
  const known = isBuiltIn(name) ? builtIn[name] : undefined;
  if (isForStdout(asked) || known?.alone === "network") return stdoutSink(host);
  if (destination === undefined) return wholeFileSink(fileInFolder);
  requireFolderOf(destination);
  return known?.live === true ? growingFileSink(destination) : wholeFileSink(() => destination);
}

function contextOf(asked: AskedReporter, { host, sink }: { readonly host: Host; readonly sink: Sink }) {
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

async function load({ name }: AskedReporter, cwd: string): Promise<ReporterFactory> {
  if (isBuiltIn(name)) return builtIn[name].load();
  const module = await importReporter(name, cwd);
  if (isFactory(module)) return module;
  throw usageProblem({
    what: `${name} is no reporter`,
    why: "its default export is no function",
    fix: "export default (context) => ({ onEnd: (report) => context.write(…) })",
  });
}

async function importReporter(name: string, cwd: string): Promise<unknown> {
  try {
    const module: { readonly default?: unknown } = await import(pathToFileURL(resolve(cwd, name)).href);
    return module.default;
  } catch (error) {
    const fix = "name a module of JavaScript: --reporter ./my-reporter.js";
    throw usageProblem({ what: `the reporter ${name} cannot be loaded`, why: messageOf(error), fix }, error);
  }
}

function isFactory(value: unknown): value is ReporterFactory {
  return typeof value === "function";
}
