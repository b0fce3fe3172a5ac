import { type Stats, promises as fs } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { messageOf, usageProblem } from "../model/problem.js";
import type { LoadedScenario } from "./loaded.js";
import { parseScenario } from "./parse.js";
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

/** A scenario is a page or two of text. Much more was given by mistake, or to keep the parser busy. */
const maxBytes = 64 * 1024;

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
  return { path, shown, text: await readText(path, shown) };
}

/** The scenarios that come with the tool, by name; those for servers of others last. */
export async function listShipped(shippedDir: string): Promise<ShippedScenario[]> {
  const names = await shippedNames(shippedDir);
  return Promise.all(
    names.map(async (name) => {
      const path = shippedPath(shippedDir, name);
      const { about } = parseScenario(await readText(path, path), path);
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
  if (await stat(path)) return path;
  const meant = nearestShipped(nameOrPath, names);
  const own = names.filter((name) => !isForOthers(name)).join(", ");
  throw usageProblem({
    what: `there is no scenario ${nameOrPath}`,
    why: `it is neither a shipped scenario nor a file in ${cwd}`,
    fix: `${meant === undefined ? "" : `did you mean ${meant}? `}shipped are: ${own}; for other servers: watertight list`,
  });
}

async function stat(path: string): Promise<Stats | undefined> {
  try {
    return await fs.stat(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
    throw unreadable(path, error);
  }
}

async function readText(path: string, shown: string): Promise<string> {
  const stats = await stat(path);
  if (stats && !stats.isFile()) throw notAFile(shown, stats);
  if (stats && stats.size > maxBytes) {
    const why = `it has ${stats.size} bytes; a scenario has at most ${maxBytes}`;
    throw usageProblem({ what: `${shown} is too large for a scenario`, why, fix: "give a scenario file" });
  }
  return decode(await readBytes(path, shown), shown);
}

async function readBytes(path: string, shown: string): Promise<Uint8Array> {
  try {
    return await fs.readFile(path);
  } catch (error) {
    throw unreadable(shown, error);
  }
}

function decode(bytes: Uint8Array, shown: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    const isUtf16 = bytes.subarray(0, 2).every((byte) => byte >= 0xfe);
    const fix = `save it as UTF-8: iconv -f ${isUtf16 ? "UTF-16" : "LATIN1"} -t UTF-8 ${shown}`;
    throw usageProblem(
      { what: `${shown} is not UTF-8 text`, why: "it has bytes that UTF-8 does not allow", fix },
      error,
    );
  }
}

function notAFile(shown: string, stats: Stats): Error {
  const kind = stats.isDirectory() ? "a folder" : "not a regular file";
  const fix = "give the path of a .yaml file";
  return usageProblem({ what: `${shown} is ${kind}`, why: "a scenario is one YAML file", fix });
}

function unreadable(path: string, error: unknown): Error {
  const why = codeOf(error) === "EACCES" ? "permission denied" : messageOf(error);
  return usageProblem({ what: `cannot read ${path}`, why, fix: "check its path and permissions" }, error);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/** Relative where that is shorter to read: below the folder the user stands in. */
function shownPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short === "" || short.startsWith("..") || isAbsolute(short) ? path : short;
}
