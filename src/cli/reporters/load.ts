import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { messageOf, usageProblem } from "../../model/problem.js";
import type { Reporter, ReporterContext, ReporterFactory } from "../../model/reporting.js";
import type { AskedReporter } from "./asked.js";
import { builtIn, isBuiltIn } from "./built-in.js";
import { within } from "./within.js";

/** A module that loads, and a reporter that is set up, take no longer. */
const setUpWithinMs = 30_000;
const fixOfModule = "export default (context) => ({ onEnd: (report) => context.write(…) })";

/** @throws Problem exit 2: no such module, or it is no reporter. */
export async function loadFactory({ name }: AskedReporter, cwd: string): Promise<ReporterFactory> {
  if (isBuiltIn(name)) return builtIn[name].load();
  const module = await importReporter(name, cwd);
  if (isFactory(module)) return module;
  throw noReporter(name, "its default export is no function");
}

/** @throws Problem exit 2: what the module makes is no reporter. A problem of a built-in one is told as it is. */
export async function setUp(
  factory: ReporterFactory,
  { name }: AskedReporter,
  context: ReporterContext,
): Promise<Reporter> {
  if (isBuiltIn(name)) return factory(context);
  const made: unknown = await attempt(name, () => factory(context));
  if (isReporter(made)) return made;
  throw noReporter(name, "its function returns no object with onEvent or onEnd");
}

async function importReporter(name: string, cwd: string): Promise<unknown> {
  const load = async (): Promise<unknown> => {
    const module: { readonly default?: unknown } = await import(pathToFileURL(resolve(cwd, name)).href);
    return module.default;
  };
  try {
    return await within(setUpWithinMs, load);
  } catch (error) {
    const fix = "name a module of JavaScript: --reporter ./my-reporter.js";
    throw usageProblem({ what: `the reporter ${name} cannot be loaded`, why: messageOf(error), fix }, error);
  }
}

async function attempt(name: string, make: () => unknown): Promise<unknown> {
  try {
    return await within(setUpWithinMs, make);
  } catch (error) {
    const fix = "mend its module, or leave it out";
    throw usageProblem({ what: `the reporter ${name} cannot be set up`, why: messageOf(error), fix }, error);
  }
}

function noReporter(name: string, why: string): Error {
  return usageProblem({ what: `${name} is no reporter`, why, fix: fixOfModule });
}

function isFactory(value: unknown): value is ReporterFactory {
  return typeof value === "function";
}

function isReporter(value: unknown): value is Reporter {
  if (typeof value !== "object" || value === null) return false;
  const { onEvent, onEnd }: { readonly onEvent?: unknown; readonly onEnd?: unknown } = value;
  const isHook = (hook: unknown): boolean => hook === undefined || typeof hook === "function";
  return isHook(onEvent) && isHook(onEnd) && (onEvent !== undefined || onEnd !== undefined);
}
