import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Growth, project } from "../../src/judge/projection.js";

const production = { sessionsPerHour: 120 };
const growth: Growth = { held: 104, rate: { rate: 0.1, low: 0.08, high: 0.125 }, ceiling: 1064 };

describe("project", () => {
  test("a straight line from the end of the run to the ceiling, at both ends of the interval", () => {
    expect(project(growth, production)).toEqual({ hours: 80, lowHours: 64, highHours: 100 });
  });

  test.each([
    ["a rate whose lower end is 0 may never get there", { low: 0 }, { hours: 80, highHours: undefined }],
    ["nor may one below 0", { low: -0.1 }, { hours: 80, highHours: undefined }],
    ["no growth, but growth within the interval", { rate: 0, low: -0.1 }, { hours: undefined, lowHours: 64 }],
    ["no growth at all", { rate: -1, low: -2, high: 0 }, { hours: undefined, lowHours: undefined }],
    ["an interval without an end", { high: Number.POSITIVE_INFINITY }, { hours: 80, lowHours: 0 }],
    ["a rate that is not known", { rate: Number.NaN }, { hours: undefined, lowHours: 64 }],
  ])("%s", (_, rate, expected) => {
    expect(project({ ...growth, rate: { ...growth.rate, ...rate } }, production)).toMatchObject(expected);
  });

  test("what is there already needs no time, growing or not", () => {
    const still = { rate: 0, low: 0, high: 0 };
    const now = { hours: 0, lowHours: 0, highHours: 0 };
    expect(project({ ...growth, held: 1064 }, production)).toEqual(now);
    expect(project({ held: 2000, rate: still, ceiling: 1064 }, production)).toEqual(now);
  });

  test("a ceiling that is not known is never hit", () => {
    const never = { hours: undefined, lowHours: undefined, highHours: undefined };
    expect(project({ ...growth, ceiling: Number.POSITIVE_INFINITY }, production)).toEqual(never);
    expect(project({ ...growth, ceiling: Number.NaN }, production)).toEqual(never);
  });

  test("without traffic only time drives it there", () => {
    const perHour = { rate: 12, low: 10, high: 15 };
    expect(project(growth, { sessionsPerHour: 0 }).hours).toBeUndefined();
    expect(project({ ...growth, perHour }, { sessionsPerHour: 0 })).toEqual({
      hours: 80,
      lowHours: 64,
      highHours: 96,
    });
    expect(project({ ...growth, perHour }, production).hours).toBe(80);
  });
});

describe("of any growth", () => {
  const size = fc.nat({ max: 2 ** 31 - 1 });
  const spread = fc
    .tuple(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), fc.double({ min: 1, max: 10, noNaN: true }))
    .map(([low, by]) => ({ low, rate: low * by, high: low * by * by }));
  const sessions = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
  const close = (a: number | undefined, b: number | undefined): void => {
    if (a === undefined || b === undefined || b === 0) expect(a).toBe(b);
    else expect(Math.abs(a / b - 1)).toBeLessThan(1e-9);
  };

  test("the interval holds the estimate", () => {
    fc.assert(
      fc.property(size, spread, size, (held, rate, ceiling) => {
        const { hours, lowHours, highHours } = project({ held, rate, ceiling }, production);
        expect(lowHours).toBeLessThanOrEqual(hours ?? Number.NaN);
        expect(hours).toBeLessThanOrEqual(highHours ?? Number.NaN);
      }),
    );
  });

  test("twice the traffic is half the time, and the unit does not matter", () => {
    fc.assert(
      fc.property(spread, size, sessions, (rate, ceiling, sessionsPerHour) => {
        const given = { held: ceiling / 4, rate, ceiling };
        const once = project(given, { sessionsPerHour }).hours;
        close(project(given, { sessionsPerHour: 2 * sessionsPerHour }).hours, once && once / 2);
        const bigger = { rate: 8 * rate.rate, low: 8 * rate.low, high: 8 * rate.high };
        close(
          project({ held: 2 * ceiling, rate: bigger, ceiling: 8 * ceiling }, { sessionsPerHour }).hours,
          once,
        );
      }),
    );
  });

  test("more held or faster is never later, a higher ceiling never sooner", () => {
    fc.assert(
      fc.property(fc.tuple(size, size), size, spread, ([held, more], ceiling, rate) => {
        const hours = (given: Partial<Growth>) =>
          project({ held, rate, ceiling, ...given }, production).hours ?? Number.POSITIVE_INFINITY;
        expect(hours({ held: held + more })).toBeLessThanOrEqual(hours({}));
        expect(hours({ ceiling: ceiling + more })).toBeGreaterThanOrEqual(hours({}));
        expect(hours({ rate: { ...rate, rate: rate.rate * 2 } })).toBeLessThanOrEqual(hours({}));
      }),
    );
  });
});
