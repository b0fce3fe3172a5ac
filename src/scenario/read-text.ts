import { type Stats, promises as fs } from "node:fs";
import { messageOf, usageProblem } from "../model/problem.js";

/** A page or two of text. Much more was given by mistake, or to keep the parser busy. */
const maxBytes = 64 * 1024;

/** @returns undefined: there is no such file. @throws Problem exit 2: that cannot be told. */
export async function fileStats(path: string): Promise<Stats | undefined> {
  try {
    return await fs.stat(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
    throw unreadable(path, error);
  }
}

/**
 * The text of a file that the user named.
 * @param shown its path, as the user would write it
 * @param noun what it should be
 * @throws Problem exit 2: it is not there, or not text, or too large.
 */
export async function readText(path: string, shown: string, noun: string): Promise<string> {
  const stats = await fileStats(path);
  if (stats && !stats.isFile()) throw notAFile({ shown, noun }, stats);
  if (stats && stats.size > maxBytes) {
    const why = `it has ${stats.size} bytes; a ${noun} has at most ${maxBytes}`;
    throw usageProblem({ what: `${shown} is too large for a ${noun}`, why, fix: `give a ${noun} file` });
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

function notAFile({ shown, noun }: { readonly shown: string; readonly noun: string }, stats: Stats): Error {
  const kind = stats.isDirectory() ? "a folder" : "not a regular file";
  const fix = "give the path of a .yaml file";
  return usageProblem({ what: `${shown} is ${kind}`, why: `a ${noun} is one YAML file`, fix });
}

function unreadable(path: string, error: unknown): Error {
  const why = codeOf(error) === "EACCES" ? "permission denied" : messageOf(error);
  return usageProblem({ what: `cannot read ${path}`, why, fix: "check its path and permissions" }, error);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
