import { readFileSync } from "node:fs";

/** AT_PAGESZ of include/uapi/linux/auxvec.h. */
const pageSizeKey = 6n;
const usualBytes = 4096;
const pairBytes = 16;

/** The page of this kernel in bytes, from the auxiliary vector that it gives to each process (getauxval(3)). */
export function readPageSize(root: string): number {
  try {
    return parseAuxiliary(readFileSync(`${root}/self/auxv`)) ?? usualBytes;
  } catch {
    return usualBytes;
  }
}

/** Pairs of 64-bit words, in the byte order of wherever Node runs on Linux today. */
export function parseAuxiliary(vector: Buffer): number | undefined {
  for (let at = 0; at + pairBytes <= vector.length; at += pairBytes) {
    if (vector.readBigUInt64LE(at) === pageSizeKey) return Number(vector.readBigUInt64LE(at + pairBytes / 2));
  }
  return undefined;
}
