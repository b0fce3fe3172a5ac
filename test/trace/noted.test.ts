import { expect, it } from "vitest";
import { Noted } from "../../src/trace/noted.js";

const what = { type: "Timeout", place: [] };

it("keeps what is alive up to a bound, and counts the rest", () => {
  const noted = new Noted<object>(() => false);
  const alive = Array.from({ length: 200_010 }, () => ({}));
  for (const [id, thing] of alive.entries()) noted.add(id, thing, what);
  expect([...noted]).toHaveLength(200_000);
  expect(noted.dropped).toBe(10);
});

it("makes room by what has ended", () => {
  const ended = new Set<object>();
  const noted = new Noted<object>((thing) => ended.has(thing));
  for (let id = 0; id < 300_000; id++) {
    const thing = { id };
    noted.add(id, thing, what);
    if (id % 100 > 0) ended.add(thing);
  }
  expect([...noted].map(({ thing }) => (Reflect.get(thing, "id") as number) % 100)).toEqual(
    Array.from({ length: 3000 }, () => 0),
  );
  expect(noted.dropped).toBe(0);
});
