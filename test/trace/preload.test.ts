import { beforeAll, describe, expect, it } from "vitest";
import { fixture, lineOf, madeAt, runFixture, type Told } from "./traced.js";

async function told(...command: readonly [string, ...string[]]): Promise<Told> {
  return JSON.parse((await runFixture(command)).stdout) as Told;
}

/** Name of the act in test/fixtures/trace/acts.mjs, and what three of it are. */
const acts: readonly (readonly [string, readonly (readonly [kind: string, type: string | undefined])[]])[] = [
  ["openSync", [["fd", undefined]]],
  ["open", [["fd", undefined]]],
  ["fileHandle", [["fd", undefined]]],
  ["stream", [["fd", undefined]]],
  ["afterAwait", [["fd", undefined]]],
  ["timer", [["task", "Timeout"]]],
  ["refreshed", [["task", "Timeout"]]],
  [
    "connected",
    [
      ["fd", undefined],
      ["task", "TCPSocketWrap"],
    ],
  ],
  ["accepted", [["task", "TCPSocketWrap"]]],
  [
    "taken",
    [
      ["fd", undefined],
      ["task", "TCPSocketWrap"],
    ],
  ],
  [
    "datagrams",
    [
      ["fd", undefined],
      ["task", "UDPWrap"],
    ],
  ],
  [
    "child",
    [
      ["process", undefined],
      ["task", "ProcessWrap"],
    ],
  ],
  [
    "pty",
    [
      ["process", undefined],
      ["fd", undefined],
      ["task", "TTYWrap"],
    ],
  ],
  ["buffer", [["memory", "Buffer"]]],
  ["random", [["memory", "Buffer"]]],
];

const file = fixture("acts.mjs");
let kept: Told;
let released: Told;

beforeAll(async () => {
  [kept, released] = await Promise.all([told("acts.mjs", "keeps"), told("acts.mjs", "releases")]);
});

describe.each(acts)("three times %s", (name, kinds) => {
  it("is told with the line that made it", () => {
    const here = madeAt(kept, file, lineOf(file, name));
    for (const [kind, type] of kinds) {
      const group = here.filter((one) => one.kind === kind && one.type === type);
      expect(group.reduce((sum, { count }) => sum + count, 0)).toBe(3);
      expect(group.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(kind === "memory" ? 300_000 : 0);
      if (kind === "fd" || kind === "process") expect(group.flatMap(({ ids }) => ids)).toHaveLength(3);
    }
  });

  it("is not told once it is released", () => {
    expect(madeAt(released, file, lineOf(file, name))).toEqual([]);
  });
});

it("does not count what does not keep the program alive", () => {
  expect(madeAt(kept, file, lineOf(file, "unrefed"))).toEqual([]);
});

it("traces a script in CommonJS", async () => {
  const script = fixture("leaks-fds.cjs");
  expect(madeAt(await told("leaks-fds.cjs"), script, lineOf(script, "here"))).toMatchObject([
    { kind: "fd", count: 3 },
  ]);
});

it("leaves the program as it is", async () => {
  const [plain, traced] = [
    await runFixture(["tells-of-itself.mjs"], false),
    await runFixture(["tells-of-itself.mjs"]),
  ];
  expect(JSON.parse(traced.stdout)).toEqual(JSON.parse(plain.stdout));
  expect(traced.stderr).toBe(plain.stderr);
});
