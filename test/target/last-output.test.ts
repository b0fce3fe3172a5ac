import { expect, test } from "vitest";
import { lastOutput } from "../../src/target/last-output.js";

/** A clock that counts its sleeps, and does something at each of them. */
function counting(atSleep: (sleeps: number) => void = () => undefined) {
  const clock = {
    sleeps: 0,
    sleep: () => {
      atSleep(++clock.sleeps);
      return Promise.resolve();
    },
  };
  return clock;
}

const never = new Promise<void>(() => undefined);

test("streams that have ended are not waited for any longer", async () => {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  let moved = 0;
  const clock = counting((sleeps) => {
    moved += 1;
    if (sleeps === 3) end();
  });
  await lastOutput({ ended, moved: () => moved }, clock);
  expect(clock.sleeps).toBeLessThanOrEqual(5);
});

test("output that is still on its way is waited for", async () => {
  let moved = 0;
  const clock = counting((sleeps) => {
    if (sleeps <= 4) moved += 1000;
  });
  await lastOutput({ ended: never, moved: () => moved }, clock);
  expect(clock.sleeps).toBe(5);
});

test("a survivor that holds the streams open and says nothing is not", async () => {
  const clock = counting();
  await lastOutput({ ended: never, moved: () => 7 }, clock);
  expect(clock.sleeps).toBe(1);
});

test("nor is one that goes on printing, without end", async () => {
  let moved = 0;
  const clock = counting(() => (moved += 1));
  await lastOutput({ ended: never, moved: () => moved }, clock);
  expect(clock.sleeps).toBe(10);
});
