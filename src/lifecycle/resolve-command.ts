import { accessSync, constants, statSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import { SpawnError } from "./errors.js";

export interface CommandPlace {
  readonly command: string;
  readonly cwd?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The file that execvp(3) would run. Looked up beforehand because a PTY's child is forked first and
 * can then only print that there is no such program.
 * @throws SpawnError (`ENOENT`, `EACCES`, `ENOTDIR`) for a missing program or working directory
 */
export function resolveCommand(place: CommandPlace): string {
  const cwd = resolve(place.cwd ?? ".");
  checkFolder(place.command, cwd);
  let denied: unknown;
  for (const path of candidates(place, cwd)) {
    const error = whyNotExecutable(path);
    if (error === undefined) return path;
    if (!isMissing(error)) denied = error;
  }
  if (denied !== undefined) {
    throw new SpawnError(`cannot start ${place.command}: it is not an executable file`, denied);
  }
  const missing = Object.assign(new Error("no such file"), { code: "ENOENT" });
  throw new SpawnError(`cannot start ${place.command}: there is no such program${where(place)}`, missing);
}

function candidates({ command, env }: CommandPlace, cwd: string): string[] {
  if (command === "") return [];
  if (command.includes("/")) return [resolve(cwd, command)];
  const path = env["PATH"] ?? "/usr/local/bin:/bin:/usr/bin";
  return path.split(delimiter).map((folder) => resolve(cwd, folder, command));
}

function whyNotExecutable(path: string): unknown {
  try {
    accessSync(path, constants.X_OK);
    if (statSync(path).isFile()) return undefined;
    return Object.assign(new Error(`${path} is no file`), { code: "EACCES" });
  } catch (error) {
    return error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

function checkFolder(command: string, cwd: string): void {
  try {
    if (statSync(cwd).isDirectory()) return;
  } catch (error) {
    throw new SpawnError(`cannot start ${command}: there is no folder ${cwd}`, error);
  }
  const error = Object.assign(new Error(`${cwd} is no folder`), { code: "ENOTDIR" });
  throw new SpawnError(`cannot start ${command}: ${cwd} is no folder`, error);
}

function where({ command, env }: CommandPlace): string {
  return command.includes("/") ? "" : ` on the PATH ${env["PATH"] ?? ""}`;
}
