import * as fc from "fast-check";
import { expect, it } from "vitest";
import { isGoBinary, readIsGo, type ReadAt } from "../../src/proc/go-binary.js";

const magic = Buffer.from("\xff Go buildinf:", "latin1");

/** An ELF file with the sections named, and `content` at the place of each. */
function elf(sections: readonly string[], content: Buffer = magic): Buffer {
  const names = Buffer.from(`\0${["names", ...sections].join("\0")}\0`);
  const count = sections.length + 1;
  const [namesAt, tableAt] = [64 + content.length, 64 + content.length + names.length];
  const file = Buffer.alloc(tableAt + 64 * count);
  file.write("\x7fELF", "latin1");
  file.set([2, 1], 4);
  file.writeBigUInt64LE(BigInt(tableAt), 40);
  file.writeUInt16LE(64, 58);
  file.writeUInt16LE(count, 60);
  content.copy(file, 64);
  names.copy(file, namesAt);
  for (const [index, name] of ["names", ...sections].entries()) {
    const at = tableAt + 64 * index;
    file.writeUInt32LE(names.indexOf(`\0${name}\0`) + 1, at);
    file.writeBigUInt64LE(BigInt(index === 0 ? namesAt : 64), at + 24);
    file.writeBigUInt64LE(BigInt(index === 0 ? names.length : content.length), at + 32);
  }
  return file;
}

function reading(file: Buffer): ReadAt {
  return (offset, length) => file.subarray(offset, offset + length);
}

it("knows a Go program by its section", () => {
  expect(isGoBinary(reading(elf([".text", ".go.buildinfo", ".data"])))).toBe(true);
});

it.each([
  ["another program", elf([".text", ".data"])],
  ["a section of that name without the magic", elf([".go.buildinfo"], Buffer.from("something else"))],
  ["a section whose name only begins so", elf([".go.buildinfo.rela"])],
  ["a program of 32 bits", Buffer.from(elf([".go.buildinfo"])).fill(1, 4, 5)],
  ["a script", Buffer.from("#!/bin/sh\n".repeat(20))],
  ["an empty file", Buffer.alloc(0)],
])("does not take for one %s", (_, file) => {
  expect(isGoBinary(reading(file))).toBe(false);
});

it("reads little of any file, and never throws", () => {
  const sound = elf([".text", ".go.buildinfo"]);
  const damage = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 8 });
  fc.assert(
    fc.property(damage, fc.nat(sound.length), (changes, length) => {
      const file = Buffer.from(sound);
      for (const [at, byte] of changes) file[at] = byte;
      const pieces: number[] = [];
      const read = reading(file.subarray(0, length));
      isGoBinary((offset, size) => {
        pieces.push(size);
        return Number.isSafeInteger(offset) ? read(offset, size) : Buffer.alloc(0);
      });
      expect(Math.max(...pieces)).toBeLessThanOrEqual(1024 ** 2);
    }),
  );
});

it("looks into the program of a process", () => {
  expect(readIsGo("/proc", process.pid)).toEqual({ ok: true, value: false });
  expect(readIsGo("/proc", 2 ** 22 + 1)).toMatchObject({ ok: false, gap: { why: "ENOENT" } });
});
