import { describe, expect, it } from "vitest";
import { floorOf, readLook, valuesOf } from "../../src/probe/runtime-look.js";

function look(heapUsed: number, active: Record<string, number>): ReturnType<typeof readLook> {
  return readLook({ result: { value: { memory: { heapUsed, external: 1 }, active } } });
}

describe("floorOf", () => {
  it("takes the lowest count and the lowest memory, which need not be of one look", () => {
    const looks = [
      look(10, { Timeout: 2, FSReqCallback: 9 }),
      look(12, { Timeout: 1 }),
      look(11, { Timeout: 3 }),
    ];
    expect(floorOf(looks)).toEqual({ tasks: 1, tasksByType: { Timeout: 1 }, liveBytes: 11 });
  });

  it("counts what is held and leaves out what is in flight", () => {
    const active = { TCPSocketWrap: 2, ConnectWrap: 5, Immediate: 1, SimpleWriteWrap: 3 };
    expect(floorOf([look(1, active)])).toMatchObject({ tasks: 2, tasksByType: { TCPSocketWrap: 2 } });
  });
});

describe("valuesOf", () => {
  const at = (loop: unknown): ReturnType<typeof readLook> =>
    readLook({ result: { value: { memory: { heapUsed: 1, external: 1 }, active: {}, loop } } });

  it("counts how busy the loop was from the sample before, or else from the start", () => {
    const [first, second] = [at({ idle: 100, busy: 300 }), at({ idle: 190, busy: 310 })];
    expect(valuesOf(undefined, first)).toEqual({ eventLoopUtilization: 0.75 });
    expect(valuesOf(first, second)).toEqual({ eventLoopUtilization: 0.1 });
    expect(valuesOf(first, first)).toBeUndefined();
  });

  it.each([[undefined], [null], [{ idle: 1 }], [{ idle: "1", busy: 1 }]])(
    "knows none where the runtime says %j",
    (loop) => {
      expect(valuesOf(undefined, at(loop))).toBeUndefined();
    },
  );
});

describe("readLook", () => {
  it.each([
    [undefined],
    [{ result: { type: "undefined" } }],
    [{ result: { value: { memory: { heapUsed: "1", external: 1 }, active: {} } } }],
    [{ result: { value: { memory: { heapUsed: 1, external: 1 }, active: { A: "1" } } } }],
    [{ result: { value: { memory: { heapUsed: 1, external: 1 } } } }],
    [{ exceptionDetails: {}, result: { type: "object", description: "ReferenceError" } }],
  ])("refuses %j", (answer) => {
    expect(() => readLook(answer)).toThrow("malformed");
  });
});
