import { promises as fs } from "node:fs";
import { basename, join } from "node:path";
import { nearest } from "./found.js";

const ending = ".yaml";

/**
 * Names of the scenarios that come with the tool, sorted: those of the reference gateway, then `folder/name` of
 * those for other servers, which somebody has to install first.
 */
export async function shippedNames(shippedDir: string): Promise<string[]> {
  const entries = await fs.readdir(shippedDir, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const within = await Promise.all(
    folders.sort().map(async (folder) => {
      const names = scenariosAmong(await fs.readdir(join(shippedDir, folder)));
      return names.map((name) => `${folder}/${name}`);
    }),
  );
  return [...scenariosAmong(entries.map(({ name }) => name)), ...within.flat()];
}

function scenariosAmong(files: readonly string[]): string[] {
  return files
    .filter((file) => file.endsWith(ending))
    .map((file) => basename(file, ending))
    .sort();
}

export function shippedPath(shippedDir: string, name: string): string {
  return join(shippedDir, `${name}${ending}`);
}

/** It is for a server that somebody has to install first. */
export function isForOthers(name: string): boolean {
  return name.includes("/");
}

/** The shipped name that was probably meant, also by a word without its folder. */
export function nearestShipped(word: string, names: readonly string[]): string | undefined {
  const bare = basename(word, ending);
  const same = names.find((name) => basename(name) === bare);
  if (same !== undefined) return same;
  const meant = nearest(
    bare,
    names.map((name) => basename(name)),
  );
  return names.find((name) => basename(name) === meant);
}
