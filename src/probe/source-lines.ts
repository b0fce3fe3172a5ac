import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { OriginGroup, StackFrame } from "../model/origin.js";
import type { BinaryFrame, BinaryGroup } from "./strace-text.js";

const run = promisify(execFile);
const limitMs = 5000;
const mostBinaries = 8;
const mostAddresses = 1000;
/** Libraries of the system: nobody looks for a leak there, and their debug information is large. */
const ofTheSystem = /^(\/usr)?\/lib(32|64)?\/|^\[/;

/**
 * Puts lines of source files to the frames of binaries with debug information, through addr2line(1). Without that,
 * or where it knows nothing, frames stay as they are.
 */
export async function withLines(groups: readonly BinaryGroup[], signal: AbortSignal): Promise<OriginGroup[]> {
  const lines = new Map<string, StackFrame>();
  for (const [file, addresses] of addressesOf(groups))
    for (const [address, place] of await placesIn(file, addresses, signal))
      lines.set(`${file} ${address}`, place);
  return groups.map((group) => ({
    ...group,
    stack: group.stack.map(({ name, file, address }) => ({
      ...(name === undefined ? {} : { name }),
      ...(lines.get(`${file} ${address}`) ?? { file }),
    })),
  }));
}

function addressesOf(groups: readonly BinaryGroup[]): [string, number[]][] {
  const byFile = new Map<string, Set<number>>();
  for (const { file, address } of groups.flatMap(({ stack }): readonly BinaryFrame[] => stack)) {
    if (ofTheSystem.test(file)) continue;
    const known = byFile.get(file);
    if (known) known.add(address);
    else byFile.set(file, new Set([address]));
  }
  const files = [...byFile].slice(0, mostBinaries);
  return files.map(([file, addresses]) => [file, [...addresses].slice(0, mostAddresses)]);
}

async function placesIn(
  file: string,
  addresses: readonly number[],
  signal: AbortSignal,
): Promise<[number, StackFrame][]> {
  // A call returns to the instruction after it, which may be of the next line.
  const words = addresses.map((address) => `0x${Math.max(0, address - 1).toString(16)}`);
  try {
    const { stdout } = await run("addr2line", ["-e", file, ...words], { timeout: limitMs, signal });
    const said = stdout.split("\n");
    return addresses.flatMap((address, index): [number, StackFrame][] => {
      const [, source, line] = /^(\/.*):(\d+)(?: |$)/.exec(said[index] ?? "") ?? [];
      return source === undefined || line === "0" ? [] : [[address, { file: source, line: Number(line) }]];
    });
  } catch {
    return [];
  }
}
