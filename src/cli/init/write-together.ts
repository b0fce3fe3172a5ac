import { link, mkdir, readFile, rename, rm, rmdir, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { brokeProblem, messageOf, usageProblem } from "../../model/problem.js";
import { writeFlushed } from "../write-flushed.js";

export interface NewFile {
  /** Absolute. */
  readonly path: string;
  /** As the user would write it. */
  readonly shown: string;
  readonly text: string;
}

type Undo = () => Promise<unknown>;

/**
 * Writes all of the files, or none of them. Each is whole or not there: beside it first, flushed, then put in place.
 * @param force write over those that are there
 * @throws Problem exit 2: one is there already; exit 4: the disk is full, or the folder cannot be written.
 */
export async function writeTogether(files: readonly NewFile[], force: boolean): Promise<void> {
  const undo: Undo[] = [];
  try {
    for (const { path, text } of files) {
      await makeFolder(dirname(path), undo);
      await writeBeside(`${path}.part`, text, undo);
    }
    for (const file of files) await putInPlace(file, force, undo);
  } catch (error) {
    for (const step of undo.toReversed()) await step().catch(() => undefined);
    throw problemOf(error, files);
  }
  for (const { path } of files) await rm(`${path}.part`, { force: true });
}

async function makeFolder(folder: string, undo: Undo[]): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  // From the innermost to the first that was made; rmdir leaves alone what somebody has put into it.
  undo.push(async () => {
    for (let at = folder; at.length >= first.length; at = dirname(at)) await rmdir(at);
  });
}

async function writeBeside(path: string, text: string, undo: Undo[]): Promise<void> {
  undo.push(() => rm(path, { force: true }));
  await writeFlushed(path, text, "w");
}

/** A link is refused where something is there, whoever has put it there a moment ago. */
async function putInPlace({ path }: NewFile, force: boolean, undo: Undo[]): Promise<void> {
  if (!force) {
    await link(`${path}.part`, path);
    undo.push(() => unlink(path));
    return;
  }
  const before = await readFile(path).catch(() => undefined);
  await rename(`${path}.part`, path);
  undo.push(() => (before === undefined ? unlink(path) : writeFile(path, before)));
}

function problemOf(error: unknown, files: readonly NewFile[]): Error {
  if (isSystemError(error) && error.code === "EEXIST") {
    const there = files.find(({ path }) => error.dest === path || error.path === path);
    return alreadyThere([there?.shown ?? "a file"]);
  }
  const names = files.map(({ shown }) => shown).join(" and ");
  const fix = "free some space, or see to the permissions of the folder";
  return brokeProblem(
    { what: `cannot write ${names}: none of them is there`, why: messageOf(error), fix },
    error,
  );
}

/** Nothing that is there is written over. */
export function alreadyThere(shown: readonly string[]): Error {
  return usageProblem({
    what: `${shown.join(" and ")} ${shown.length === 1 ? "is" : "are"} there already`,
    why: "what is there is never written over; nothing was written",
    fix: "move it away, or write over it with --force",
  });
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException & { readonly dest?: string } {
  return error instanceof Error && "code" in error;
}
