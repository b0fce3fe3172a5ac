import { isAbsolute, relative, resolve, sep } from "node:path";
import { usageProblem } from "../model/problem.js";
import type { LoadedScenario } from "./loaded.js";
import { isScenarioFile, nearPath } from "./near-path.js";
import { parseScenario } from "./parse.js";
import { fileStats, readText } from "./read-text.js";
import { isForOthers, nearestShipped, shippedNames, shippedPath } from "./shipped.js";

export { parseScenario };

export interface LoadOptions {
  /** Folder of the scenarios that come with the tool. */
  readonly shippedDir: string;
  /** What a relative path is relative to. */
  readonly cwd: string;
}

export interface ShippedScenario {
  /** As it is given to `run`: `goose-churn`, or `gateways/websocketd` for a server of others. */
  readonly name: string;
  /** It is for a server that somebody has to install first: it runs only where it is named. */
  readonly forOthers: boolean;
  readonly about: string;
  readonly path: string;
}

/**
 * Loads a shipped scenario by its name, or any by its path.
 * A word without an ending is a name first, then a path.
 * @throws Problem exit 2: no such scenario, not a text file, or mistakes in it (see parseScenario).
 */
export async function loadScenario(nameOrPath: string, options: LoadOptions): Promise<LoadedScenario> {
  const { text, shown } = await readScenarioText(nameOrPath, options);
  return parseScenario(text, shown);
}

export interface ScenarioText {
  /** Absolute. */
  readonly path: string;
  /** Relative, where that is shorter to read. */
  readonly shown: string;
  readonly text: string;
}

/** The text behind a name or path, whatever it says. @throws Problem exit 2: no such scenario, or not a text file. */
export async function readScenarioText(nameOrPath: string, options: LoadOptions): Promise<ScenarioText> {
  const path = await find(nameOrPath, options);
  const shown = shownPath(path, options.cwd);
  return { path, shown, text: await readText(path, shown, "scenario") };
}

/** The scenarios that come with the tool, by name; those for servers of others last. */
export async function listShipped(shippedDir: string): Promise<ShippedScenario[]> {
  const names = await shippedNames(shippedDir);
  return Promise.all(
    names.map(async (name) => {
      const path = shippedPath(shippedDir, name);
      const { about } = parseScenario(await readText(path, path, "scenario"), path);
      return { name, about, path, forOthers: isForOthers(name) };
    }),
  );
}

async function find(nameOrPath: string, { shippedDir, cwd }: LoadOptions): Promise<string> {
  const names = await shippedNames(shippedDir);
  // With the separator of the system, as its shell completes it.
  const name = nameOrPath.replaceAll(sep, "/");
  if (names.includes(name)) return shippedPath(shippedDir, name);
  const path = resolve(cwd, nameOrPath);
  if (await fileStats(path)) return path;
  const nearFile = nearPath(nameOrPath, { cwd, fits: isScenarioFile, also: "scenarios" });
  const nearName = nearestShipped(nameOrPath, names);
  const meant = /[./]/.test(nameOrPath) ? (nearFile ?? nearName) : (nearName ?? nearFile);
  const own = names.filter((name) => !isForOthers(name)).join(", ");
  throw usageProblem({
    what: `there is no scenario ${nameOrPath}`,
    why: `it is neither a shipped scenario nor a file in ${cwd}`,
    fix: `${meant === undefined ? "" : `did you mean ${meant}? `}shipped are: ${own}; for other servers: watertight list`,
  });
}

/** Relative where that is shorter to read: below the folder the user stands in. */
export function shownPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short === "" || short.startsWith("..") || isAbsolute(short) ? path : short;
}
