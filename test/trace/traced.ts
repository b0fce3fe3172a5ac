import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The built preload, as a target is given it. */
export const preload: string = new URL("../../dist/trace/preload.js", import.meta.url).href;

export interface Told {
  readonly groups: readonly {
    readonly kind: string;
    readonly type?: string;
    readonly count: number;
    readonly bytes: number;
    readonly ids: readonly number[];
    readonly stack: readonly { readonly file: string; readonly line: number }[];
  }[];
  readonly left: number;
  readonly dropped: number;
}

export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/trace/${name}`, import.meta.url));
}

/** What a fixture of test/fixtures/trace prints, with the preload or without. */
export async function runFixture(
  [name, ...args]: readonly [string, ...string[]],
  traced = true,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const options = ["--expose-gc", ...(traced ? ["--import", preload] : [])];
  return await run(process.execPath, [...options, fixture(name), ...args], { timeout: 20_000 });
}

/** The line of the fixture that is marked `made: NAME`, from 1. */
export function lineOf(path: string, mark: string): number {
  const index = readFileSync(path, "utf8")
    .split("\n")
    .findIndex((line) => line.endsWith(`// made: ${mark}`));
  if (index === -1) throw new Error(`${path} has no line that is marked ${mark}`);
  return index + 1;
}

/** The groups whose stack goes through the line. */
export function madeAt({ groups }: Told, file: string, line: number): Told["groups"] {
  return groups.filter(({ stack }) => stack.some((frame) => frame.file === file && frame.line === line));
}
