import { expect, it } from "vitest";
import { valueOf } from "../../src/model/reading.js";
import { parseRunNs, readRunNs } from "../../src/proc/schedstat.js";
import { parseSnmp, readSnmp } from "../../src/proc/snmp.js";

const text = `Ip: Forwarding DefaultTTL
Ip: 1 64
Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails
Tcp: 1 200 120000 -1 5033240 5005911 26410
Udp: InDatagrams
Udp: 7
`;

it("reads how many connections were accepted", () => {
  expect(parseSnmp(text)).toEqual({ tcpPassiveOpens: 5_005_911 });
});

it.each([
  ["nothing", ""],
  ["names without values", text.slice(0, 100)],
  ["another table", "Udp: InDatagrams\nUdp: 7\n"],
  ["a counter that is not there", "Tcp: RtoMin\nTcp: 200\n"],
])("makes no number of %s", (_, text) => expect(parseSnmp(text)).toBeUndefined());

it("reads that of this very system", () => {
  expect(valueOf(readSnmp("/proc", process.pid))?.tcpPassiveOpens).toBeGreaterThanOrEqual(0);
  expect(readSnmp("/proc", 2 ** 30)).toMatchObject({ ok: false, gap: { why: "ENOENT" } });
});

it("reads the nanoseconds that a thread ran", () => {
  expect(parseRunNs("123456789 4567 89\n")).toBe(123_456_789);
  expect(parseRunNs("123456789\n")).toBeUndefined();
});

it("sums them up over the threads of a process", () => {
  const before = valueOf(readRunNs("/proc", process.pid)) ?? Number.NaN;
  for (let i = 0; i < 1e6; i++) Math.sqrt(i);
  expect(valueOf(readRunNs("/proc", process.pid))).toBeGreaterThan(before);
  expect(readRunNs("/proc", 2 ** 30)).toMatchObject({ ok: false, gap: { why: "ENOENT" } });
});
