import { readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { nearest } from "./found.js";

/** Names of one folder that are compared; a folder of more is no place that somebody types from. */
const mostNames = 2000;

export interface NearOptions {
  readonly cwd: string;
  /** What may be meant at all. */
  readonly fits: (name: string) => boolean;
  /** Looked into as well, e.g. `reports`, where the path names no folder. */
  readonly also?: string;
}

/**
 * The path that was probably meant by one that is not there: another name in the same folder, written as it was typed. A
 * name that begins so, such as `reports/2026-11-2`, is meant where it is the only one.
 */
export function nearPath(typed: string, { cwd, fits, also }: NearOptions): string | undefined {
  const folder = dirname(typed);
  const found = nearIn(folder, basename(typed), { cwd, fits });
  if (found !== undefined) return found;
  return also !== undefined && folder === "." ? nearIn(also, basename(typed), { cwd, fits }) : undefined;
}

function nearIn(folder: string, name: string, { cwd, fits }: NearOptions): string | undefined {
  const names = namesIn(resolve(cwd, folder)).filter((each) => each !== name && fits(each));
  const begun = names.filter((each) => name.length > 2 && each.startsWith(name));
  const meant = begun.length === 1 ? begun[0] : nearest(name, names);
  if (meant === undefined) return undefined;
  return folder === "." ? meant : join(folder, meant);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).slice(0, mostNames);
  } catch {
    return [];
  }
}

export function isScenarioFile(name: string): boolean {
  return /\.ya?ml$|\.json$/.test(name);
}

/** The folder of a run, or the record in it. */
export function isRecord(name: string): boolean {
  return /^\d{4}-\d\d-\d\dT|\.ndjson$/.test(name);
}
