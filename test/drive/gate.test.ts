import { describe, expect, it } from "vitest";
import { Gate } from "../../src/drive/gate.js";

describe("Gate", () => {
  it("lets so many in without a wait", () => {
    const gate = new Gate(2);
    expect([gate.enter(), gate.enter()]).toEqual([undefined, undefined]);
    expect(gate.enter()).toBeInstanceOf(Promise);
  });

  it("lets the others in as places come free, in their order, and never more than its places", async () => {
    const gate = new Gate(3);
    const order: number[] = [];
    let inside = 0;
    let most = 0;
    const visit = async (number: number): Promise<void> => {
      await gate.enter();
      most = Math.max(most, ++inside);
      order.push(number);
      await Promise.resolve();
      inside--;
      gate.leave();
    };
    const numbers = Array.from({ length: 50 }, (_, index) => index);
    await Promise.all(numbers.map(visit));
    expect(order).toEqual(numbers);
    expect(most).toBe(3);
    expect([gate.enter(), gate.enter(), gate.enter()]).toEqual([undefined, undefined, undefined]);
  });
});
