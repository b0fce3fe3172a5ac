import crypto from "node:crypto";
import fs from "node:fs";
import { Noted } from "./noted.js";
import type { Place, Places } from "./places.js";
import { replace } from "./replace.js";

/** Smaller ones are on the pool or the heap, where the sampling profiler sees them. */
const leastBytes = 16 * 1024;

export type Buffers = Noted<ArrayBuffer>;

/** Notes where large buffers are made: their memory is outside of the heap, where no heap profiler looks. */
export function noteBuffers(places: Places): Buffers {
  const noted = new Noted<ArrayBuffer>((memory) => memory.byteLength === 0);
  const seen = new WeakSet<object>();
  let count = 0;
  const note = (result: unknown, place?: Place): void => {
    const memory = memoryOf(result);
    if (!memory || seen.has(memory)) return;
    seen.add(memory);
    noted.add(count++, memory, { type: "Buffer", place: place ?? places.here() });
  };
  for (const [owner, names] of makers) {
    for (const name of names) {
      replace(owner, name, (call) => (self, args) => {
        const result = call(self, args);
        note(result);
        return result;
      });
    }
  }
  replace(crypto, "randomBytes", (call) => (self, args) => {
    const { length } = args;
    const callback = args[length - 1];
    if (typeof callback !== "function") {
      const result = call(self, args);
      note(result);
      return result;
    }
    const place = places.here();
    const told = function (this: unknown, error: unknown, result: unknown): unknown {
      note(result, place);
      return Reflect.apply(callback, this, [error, result]);
    };
    return call(self, [...args.slice(0, -1), told]);
  });
  return noted;
}

const makers: readonly (readonly [object, readonly string[]])[] = [
  [Buffer, ["alloc", "allocUnsafe", "allocUnsafeSlow", "from", "concat", "copyBytesFrom"]],
  [fs, ["readFileSync"]],
];

function memoryOf(result: unknown): ArrayBuffer | undefined {
  if (!Buffer.isBuffer(result) || result.byteLength < leastBytes) return undefined;
  return result.buffer instanceof ArrayBuffer ? result.buffer : undefined;
}
