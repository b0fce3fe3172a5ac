import { describe, expect, it } from "vitest";
import { floorOf, readLook } from "../../src/probe/runtime-look.js";

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
