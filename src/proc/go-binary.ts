import { closeSync, openSync, readSync } from "node:fs";
import type { Reading } from "../model/reading.js";
import { attempt } from "./kernel-file.js";

/** At the start of the section `.go.buildinfo`, which the Go linker writes into each program (debug/buildinfo). */
const magic = Buffer.from("\xff Go buildinf:", "latin1");
const sectionName = ".go.buildinfo";
const maxSections = 1000;
const maxNamesBytes = 1024 ** 2;

/** What reads a piece of a file: shorter where the file ends. */
export type ReadAt = (offset: number, length: number) => Buffer;

/**
 * Whether the program that a process runs was made by Go: its ELF sections are looked through, not its contents, at most
 * about 1 MB. One whose sections were cut off or that was packed is not known for one.
 */
export function readIsGo(root: string, pid: number): Reading<boolean> {
  const path = `${root}/${pid}/exe`;
  return attempt(
    { path, pid },
    () => withFile(path, isGoBinary),
    (isGo) => isGo,
  );
}

/** Layout of 64-bit little-endian ELF files: elf(5). */
export function isGoBinary(readAt: ReadAt): boolean {
  const header = readAt(0, 64);
  const isElf = header.length === 64 && header.readUInt32BE(0) === 0x7f454c46;
  // 64 bits, and the lower byte first: every Linux that Node runs on but s390x.
  if (!isElf || header[4] !== 2 || header[5] !== 1) return false;
  const [size, count] = [header.readUInt16LE(58), header.readUInt16LE(60)];
  if (size !== 64 || count > maxSections) return false;
  const table = readAt(Number(header.readBigUInt64LE(40)), size * count);
  const sections = sectionsIn(table, size);
  const names = sections[header.readUInt16LE(62)];
  if (!names || names.length > maxNamesBytes) return false;
  const texts = readAt(names.offset, names.length).toString("latin1");
  const found = sections.find(({ name }) => texts.startsWith(`${sectionName}\0`, name));
  return found !== undefined && readAt(found.offset, magic.length).equals(magic);
}

interface Section {
  /** Where its name begins in the section of names. */
  readonly name: number;
  readonly offset: number;
  readonly length: number;
}

function sectionsIn(table: Buffer, size: number): Section[] {
  const count = Math.floor(table.length / size);
  return Array.from({ length: count }, (_, index) => {
    const at = index * size;
    return {
      name: table.readUInt32LE(at),
      offset: Number(table.readBigUInt64LE(at + 24)),
      length: Number(table.readBigUInt64LE(at + 32)),
    };
  });
}

function withFile<T>(path: string, look: (readAt: ReadAt) => T): T {
  const fd = openSync(path, "r");
  try {
    return look((offset, length) => {
      const buffer = Buffer.alloc(length);
      if (!Number.isSafeInteger(offset)) return buffer.subarray(0, 0);
      return buffer.subarray(0, readSync(fd, buffer, 0, length, offset));
    });
  } finally {
    closeSync(fd);
  }
}
