import type { StackFrame } from "../model/origin.js";
import type { RunLine } from "../model/record.js";

/** Whose code a target is: what its stacks are trimmed to, and told relative to. */
export interface Home {
  /** The folder that it was started in; undefined in older records. */
  readonly cwd: string | undefined;
  /** The installed package that it is, where its command is of one: `/app/node_modules/server`. */
  readonly installed: string | undefined;
  /** The program, where its command names it by its path. */
  readonly program: string | undefined;
}

export function homeOf({ command, cwd }: Pick<RunLine, "command" | "cwd">): Home {
  const paths = command.filter((word) => word.startsWith("/"));
  // The first may be the runtime.
  const program = paths.find((path) => /\.[cm]?[jt]sx?$/.test(path)) ?? paths.at(-1);
  return { cwd, installed: program && /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(program)?.[0], program };
}

/**
 * The target's own code, innermost first, with paths as a reader knows them. Where none is on the stack, that of its
 * dependencies: the leak is theirs, or they lost sight of who called them.
 */
export function ownFrames(stack: readonly StackFrame[], home: Home): StackFrame[] {
  const told = stack.map((frame) => ({ ...frame, file: plainPath(frame.file) }));
  const written = told.filter((frame) => !isOfRuntime(frame));
  const own = written.filter(({ file }) => !isDependency(file, home));
  return (own.length > 0 ? own : written).map((frame) => ({ ...frame, file: shortFile(frame.file, home) }));
}

/** `src/gateway/plants/pty.ts:23`; a function of a binary: `server (open_log)`. */
export function placeOf({ file, line, name }: StackFrame): string {
  if (line !== undefined) return `${file}:${line}`;
  return name === undefined ? file : `${file} (${name})`;
}

function plainPath(file: string): string {
  if (!file.startsWith("file://")) return file;
  try {
    return decodeURIComponent(file.slice("file://".length));
  } catch {
    return file.slice("file://".length);
  }
}

/** Of Node, of Go's standard library, of the system, or of no file at all. */
function isOfRuntime({ file, name = "" }: StackFrame): boolean {
  if (file === "" || /^(node:|internal\/|native\b|<|\[|evalmachine)/.test(file)) return true;
  if (/^(\/usr)?\/lib(32|64)?\//.test(file) && !file.includes("/node_modules/")) return true;
  const [, goPackage] = /^([\w/]+)\./.exec(name) ?? [];
  return (
    goPackage !== undefined &&
    goPackage !== "main" &&
    new RegExp(`/src/${goPackage}/[^/]+\\.(go|s)$`).test(file)
  );
}

function isDependency(file: string, { installed }: Home): boolean {
  const path =
    installed !== undefined && file.startsWith(`${installed}/`) ? file.slice(installed.length) : file;
  return path.includes("/node_modules/") || path.includes("/pkg/mod/");
}

/** Relative to the folder that the target ran in, or else to what the file has in common with its program. */
function shortFile(file: string, { cwd, installed, program }: Home): string {
  if (!file.startsWith("/")) return file;
  for (const folder of [installed, cwd])
    if (folder !== undefined && folder !== "/" && file.startsWith(`${folder}/`))
      return file.slice(folder.length + 1);
  const modules = file.lastIndexOf("/node_modules/");
  if (modules >= 0) return file.slice(modules + 1);
  const shared = commonFolder(file, program ?? "");
  return shared.split("/").length > 2 ? file.slice(shared.length + 1) : file;
}

function commonFolder(a: string, b: string): string {
  const [one, other] = [a.split("/").slice(0, -1), b.split("/").slice(0, -1)];
  const differs = one.findIndex((part, index) => part !== other[index]);
  return (differs < 0 ? one : one.slice(0, differs)).join("/");
}
