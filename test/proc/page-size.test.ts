import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { parseAuxiliary, readPageSize } from "../../src/proc/page-size.js";

const words = (...values: bigint[]): Buffer => Buffer.from(new BigUint64Array(values).buffer);

it.each<[string, Buffer, number | undefined]>([
  ["the value of key 6", words(16n, 1n, 6n, 65_536n, 0n, 0n), 65_536],
  ["none where the key is missing", words(16n, 6n, 0n, 0n), undefined],
  ["none in a vector that is cut", words(16n, 1n, 6n).subarray(0, 20), undefined],
])("is %s", (_, vector, bytes) => expect(parseAuxiliary(vector)).toBe(bytes));

it("is what getconf says", () => {
  const { stdout } = spawnSync("getconf", ["PAGESIZE"], { encoding: "utf8" });
  expect(readPageSize("/proc")).toBe(Number(stdout));
});

it("is the usual one where it cannot be read", () => expect(readPageSize("/nonexistent")).toBe(4096));
