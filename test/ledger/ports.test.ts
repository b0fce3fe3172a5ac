import { describe, expect, it } from "vitest";
import { attribute } from "../../src/ledger/attribute.js";
import type { FdEntry } from "../../src/model/resource.js";
import type { Flow } from "../../src/model/scenario.js";
import { agent, fdOf, gateway, operation, type SmallRun, smallRun, tcp, told } from "./small-run.js";

const peer = "127.0.0.1:40001";
const left = tcp(9, { peer });
const user = (id: number, at: number, batch = 1) => operation(id, at, { batch, localPorts: [40_001] });

interface Case {
  readonly what: string;
  readonly operations: SmallRun["operations"];
  readonly fds?: readonly FdEntry[];
  readonly more?: Partial<SmallRun>;
  readonly born?: number | "drain";
  readonly expected: string;
}

const execFlow: Flow = {
  name: "chat",
  weight: 1,
  steps: [{ kind: "exec", command: ["client"], exit: 0, withinMs: 1000 }],
};
const asleep = agent(300, 0, {
  fds: [tcp(5, { local: "127.0.0.1:50000", peer: "127.0.0.1:80", state: "ESTABLISHED" })],
});

const cases: readonly Case[] = [
  { what: "the only user of the port", operations: [user(1, 0)], expected: "certain 1" },
  { what: "no user of the port", operations: [operation(1, 0)], expected: "nobody" },
  {
    what: "the last of two, one after the other",
    operations: [user(1, 0), user(2, 200)],
    expected: "certain 2",
  },
  { what: "two that overlap", operations: [user(1, 0), user(2, 50)], expected: "nobody" },
  {
    what: "an earlier batch's user is not it",
    operations: [user(1, 0), user(2, 200, 2)],
    born: 2,
    expected: "certain 2",
  },
  { what: "only an earlier batch's user", operations: [user(1, 0)], born: 2, expected: "nobody" },
  { what: "only a later batch's user", operations: [user(1, 0, 2)], born: 1, expected: "nobody" },
  {
    what: "one that ran in the tail",
    operations: [operation(1, 0, { tail: true, localPorts: [40_001] })],
    expected: "nobody",
  },
  { what: "came in the drain", operations: [user(1, 0, 2)], born: "drain", expected: "certain 1" },
  {
    what: "an outgoing connection of the target",
    operations: [user(1, 0)],
    fds: [tcp(9, { local: "127.0.0.1:55555", peer })],
    expected: "nobody",
  },
  {
    what: "its client is in the target",
    operations: [user(1, 0)],
    fds: [left, tcp(10, { local: peer, peer: "127.0.0.1:80" })],
    expected: "nobody",
  },
  {
    what: "two listeners and two users",
    operations: [user(1, 0), user(2, 200)],
    fds: [left, tcp(4, { state: "LISTEN", local: "127.0.0.1:81", peer: "0.0.0.0:0" })],
    expected: "nobody",
  },
  {
    what: "IPv4 at a socket of IPv6",
    operations: [user(1, 0)],
    fds: [tcp(9, { protocol: "tcp6", local: "[::ffff:127.0.0.1]:80", peer: "[::ffff:127.0.0.1]:40001" })],
    expected: "certain 1",
  },
  {
    what: "programs of the driver have ports as well",
    operations: [user(1, 0)],
    more: { flows: [execFlow] },
    expected: "likely 1",
  },
  {
    what: "not in the kernel's table any more",
    operations: [user(1, 0)],
    fds: [{ fd: 9, target: "socket:[7]", inode: 7 }],
    expected: "nobody",
  },
];

describe("whose connection a socket is", () => {
  it.each(cases)("$what: $expected", ({ operations, fds = [left], more = {}, expected, born }) => {
    const holder = gateway(fds);
    const view = smallRun({ operations, batches: [[holder], [holder]], ...more });
    const leftover = fdOf(holder, 9, born);
    expect(told(attribute(view, [leftover]), leftover)).toBe(expected);
  });

  it("a target that connects to itself: likely", () => {
    const holder = gateway([left, tcp(11, { peer: "127.0.0.1:50000" })]);
    const view = smallRun({ operations: [user(1, 0)], batches: [[holder, asleep]] });
    const leftover = fdOf(holder, 9);
    expect(told(attribute(view, [leftover]), leftover)).toBe("likely 1");
  });

  it("where a look after a batch could not list the fds, an operation of that batch may be it", () => {
    const holder = gateway([left]);
    const { fds: _, ...unlisted } = gateway();
    const view = smallRun({ operations: [user(1, 0, 1)], batches: [[unlisted], [holder]] });
    const leftover = fdOf(holder, 9, 2);
    expect(told(attribute(view, [leftover]), leftover)).toBe("certain 1");
  });
});
