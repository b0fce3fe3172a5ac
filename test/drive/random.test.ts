import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { operationsIn, seeded, sessionId, shuffled } from "../../src/drive/random.js";

describe("session ids", () => {
  it("look like a UUID, repeat with the seed, and never collide in a run", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const ids = Array.from({ length: 300 }, (_, i) => sessionId(seed, i + 1));
        for (const id of ids)
          expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
        expect(new Set(ids).size).toBe(300);
        expect(sessionId(seed, 1)).toBe(ids[0]);
      }),
    );
  });

  it("differ between seeds", () => {
    expect(sessionId(1, 1)).not.toBe(sessionId(2, 1));
  });

  it("are found in whatever stands around them, each once", () => {
    const around = fc.string().filter((text) => !/[\da-f]$/.test(text));
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 1e9 }), around, (seed, operation, text) => {
        const id = sessionId(seed, operation);
        expect(operationsIn(`${text}${id}\0ID=${id}${text}`, seed)).toEqual([operation]);
      }),
    );
    expect(operationsIn(`a=${sessionId(1, 7)} b=${sessionId(1, 300)}`, 1)).toEqual([7, 300]);
  });

  it("are not found where another seed made them, where one digit is wrong, or in random UUIDs", () => {
    const digit = fc.nat({ max: 35 }).filter((at) => ![8, 13, 18, 23].includes(at));
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 1e9 }), digit, (seed, operation, at) => {
        const id = sessionId(seed, operation);
        expect(operationsIn(id, seed + 1)).toEqual([]);
        const other = (Number.parseInt(id.charAt(at), 16) ^ 1).toString(16);
        expect(operationsIn(id.slice(0, at) + other + id.slice(at + 1), seed)).toEqual([]);
      }),
    );
    fc.assert(fc.property(fc.uuid({ version: 4 }), (id) => operationsIn(id, 1).length === 0));
  });
});

describe("the generator", () => {
  it("is uniform over tenths", () => {
    const random = seeded(7);
    const counts = new Map<number, number>();
    for (let i = 0; i < 10_000; i++) {
      const tenth = Math.floor(random() * 10);
      counts.set(tenth, (counts.get(tenth) ?? 0) + 1);
    }
    expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it("shuffles without loss", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        const numeric = (a: number, b: number): number => a - b;
        expect(shuffled(items, seeded(seed)).toSorted(numeric)).toEqual(items.toSorted(numeric));
      }),
    );
  });
});
