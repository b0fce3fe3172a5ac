import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type PlantName, plantNames } from "../../../src/gateway/plants/index.js";
import { type Client, children, goose, type Held, heldMore, type Rig, rig, steady } from "../rig.js";

const pty = `${goose} run ?`;
const pipes = `sh ${goose} run ?`;

let gateway: Rig | undefined;

afterEach(async () => {
  await gateway?.stop();
});

interface Planting {
  readonly agent: string;
  /** One opportunity for the leak. */
  readonly opportunity: (rig: Rig) => Promise<void>;
  /** What looks much like it, and must not leak. */
  readonly innocent: (rig: Rig) => Promise<void>;
  /** What one leak holds. */
  readonly leak: Partial<Held>;
}

/** A session that runs one prompt to its end and says goodbye. */
function running(prompt: string): (rig: Rig) => Promise<void> {
  return async (rig) => {
    const client = await rig.connect();
    await client.run(prompt);
    await client.close();
  };
}

/** A session that goes away while its agent runs. */
async function leavingInMidRun(rig: Rig): Promise<void> {
  const client = await rig.connect();
  client.ask("@hang");
  await client.line("echo: @hang");
  await client.close();
}

async function searching(rig: Rig): Promise<void> {
  const client = await rig.connect();
  for (const nth of [1, 2]) {
    client.send({ type: "fuzzy_search", query: "x" });
    await client.frame("fuzzy_results", nth);
  }
  await client.close();
}

async function visiting(rig: Rig): Promise<void> {
  await (await rig.connect()).close();
}

/** Without a close frame; the client's own end is closed afterwards, for it is in this process too. */
function leavingBy(leave: (client: Client) => void): (rig: Rig) => Promise<void> {
  return async (rig) => {
    const client = await rig.connect();
    await client.frame("content");
    leave(client);
    await new Promise((resolve) => setTimeout(resolve, 100));
    client.peer.destroy();
    await client.closed();
  };
}

const failing = running("@exit=1");
const succeeding = running("hi");
const nobody = async (): Promise<void> => {};

const plantings: Readonly<Record<Exclude<PlantName, "rare" | "memory">, Planting>> = {
  zombie: { agent: pty, opportunity: failing, innocent: succeeding, leak: { children: { sleep: 2 } } },
  "stuck-wait": { agent: pipes, opportunity: failing, innocent: succeeding, leak: { tasks: { Timeout: 1 } } },
  orphan: {
    agent: pty,
    opportunity: leavingInMidRun,
    innocent: failing,
    leak: { fds: 1, ptys: 1, tasks: { TTYWrap: 1 }, children: { sleep: 1 } },
  },
  context: { agent: pipes, opportunity: visiting, innocent: nobody, leak: { tasks: { Timeout: 1 } } },
  indexer: { agent: pipes, opportunity: searching, innocent: failing, leak: { tasks: { Timeout: 1 } } },
  pty: { agent: pty, opportunity: failing, innocent: succeeding, leak: { fds: 1, ptys: 1 } },
  scanner: {
    agent: pipes,
    opportunity: succeeding,
    innocent: visiting,
    leak: { fds: 1, tasks: { PipeWrap: 1 } },
  },
  fd: { agent: pipes, opportunity: visiting, innocent: nobody, leak: { fds: 1 } },
  "half-closed": {
    agent: pipes,
    opportunity: leavingBy((client) => client.peer.end()),
    innocent: visiting,
    leak: { fds: 1, tasks: { TCPSocketWrap: 1 } },
  },
};

const cases = plantNames.flatMap((name) =>
  name === "rare" || name === "memory" ? [] : [{ ...plantings[name], name }],
);

function times(leak: Partial<Held>, factor: number): Partial<Held> {
  const scale = (counts: Readonly<Record<string, number>> = {}): Record<string, number> =>
    Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count * factor]));
  return {
    fds: (leak.fds ?? 0) * factor,
    ptys: (leak.ptys ?? 0) * factor,
    tasks: scale(leak.tasks),
    children: scale(leak.children),
  };
}

describe.each(cases)("the plant $name", ({ name, agent, opportunity, innocent, leak }) => {
  it("leaks what it says, at its rate, and lets go of it when the gateway stops", async () => {
    const atFirst = await steady();
    gateway = await rig({ agent, plants: [{ name, rate: 0.5 }] });
    const before = await steady();
    for (let n = 1; n <= 4; n += 1) {
      await opportunity(gateway);
      await innocent(gateway);
      await heldMore(before, times(leak, Math.floor(n / 2)));
    }
    const lines = gateway.log.filter((line) => /^plant \S+: session=s\d+ port=\d+ \S/.test(line));
    expect(lines).toHaveLength(2);
    expect(lines.every((line) => line.startsWith(`plant ${name}: `))).toBe(true);
    await gateway.gateway.stop();
    await heldMore(atFirst);
  });

  it("does not leak when it was not planted", async () => {
    gateway = await rig({ agent });
    const before = await steady();
    for (let n = 1; n <= 4; n += 1) await opportunity(gateway);
    await heldMore(before);
    expect(gateway.log.join("\n")).not.toContain("plant");
  });
});

describe("the plant zombie", () => {
  it("leaves a true zombie, of a parent that does not wait", async () => {
    gateway = await rig({ agent: pipes, plants: [{ name: "zombie", rate: 1 }] });
    for (const prompt of ["@exit=1", "@kill"]) await running(prompt)(gateway);
    await vi.waitFor(() => {
      const [nursery] = children(process.pid).filter((child) => child.name === "sh");
      const parents = children(nursery?.pid ?? 0).filter((child) => child.name === "sleep");
      const states = parents.flatMap(({ pid }) => children(pid).map((child) => child.state));
      expect(states).toEqual(["Z", "Z"]);
    }, 10_000);
  });
});

describe("the plant half-closed", () => {
  it.each([
    ["a FIN, in CLOSE_WAIT", leavingBy((client) => client.peer.end()), "08"],
    ["an RST", leavingBy((client) => client.peer.resetAndDestroy()), undefined],
  ])("keeps the socket after %s", async (_, leave, state) => {
    gateway = await rig({ agent: pipes, plants: [{ name: "half-closed", rate: 1 }] });
    const before = await steady();
    await leave(gateway);
    await heldMore(before, { fds: 1, tasks: { TCPSocketWrap: 1 } });
    expect(stateOf(gateway.gateway.port)).toBe(state);
  });

  it("keeps the socket of a peer that missed a ping", async () => {
    gateway = await rig({ agent: pipes, pingEveryMs: 50, plants: [{ name: "half-closed", rate: 1 }] });
    const before = await steady();
    const client = await gateway.connect({ autoPong: false });
    await vi.waitFor(() => expect(gateway?.log.join()).toContain("plant half-closed: session=s1"), 10_000);
    client.peer.destroy();
    await heldMore(before, { fds: 1, tasks: { TCPSocketWrap: 1 } });
  });

  it("ends the agent all the same", async () => {
    gateway = await rig({ agent: pty, plants: [{ name: "half-closed", rate: 1 }] });
    const before = await steady();
    const client = await gateway.connect();
    client.ask("@hang");
    await client.line("echo: @hang");
    client.peer.resetAndDestroy();
    await heldMore(before, { fds: 1, tasks: { TCPSocketWrap: 1 } });
  });
});

describe("the plant pty", () => {
  it("does not leak for an agent on pipes, but does for one that could not be started", async () => {
    for (const [agent, leak] of [
      [pipes, {}],
      ["/no/such/goose ?", { fds: 1, ptys: 1 }],
    ] as const) {
      gateway = await rig({ agent, plants: [{ name: "pty", rate: 1 }] });
      const before = await steady();
      await failing(gateway);
      await heldMore(before, leak);
      await gateway.stop();
    }
  });
});

describe("the plant rare", () => {
  it("leaks one descriptor per 50 failing agents", async () => {
    gateway = await rig({ agent: "false", plants: [{ name: "rare", rate: 0.02 }] });
    const client = await gateway.connect();
    const before = await steady();
    for (let n = 1; n <= 100; n += 1) {
      await client.run("x");
      if (n % 50 >= 48 || n % 50 <= 1) await heldMore(before, { fds: Math.floor(n / 50) });
    }
  });
});

describe("the plant memory", () => {
  const visits = 16;
  const leakedBytes = visits * 256 * 1024;

  it.each([
    ["keeps 256 KiB per session", true],
    ["keeps nothing when it was not planted", false],
  ])("%s", async (_, planted) => {
    gateway = await rig({ agent: pipes, plants: planted ? [{ name: "memory", rate: 1 }] : [] });
    await visiting(gateway);
    const before = process.memoryUsage().arrayBuffers;
    const held = await steady();
    for (let n = 0; n < visits; n += 1) await visiting(gateway);
    await heldMore(held);
    const growth = process.memoryUsage().arrayBuffers - before;
    if (planted) expect(growth).toBeGreaterThan(0.9 * leakedBytes);
    else expect(growth).toBeLessThan(0.5 * leakedBytes);
  });
});

/** The state of the server's end of the one connection to a port, as /proc/net/tcp has it. */
function stateOf(port: number): string | undefined {
  const local = `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const lines = readFileSync("/proc/self/net/tcp", "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/));
  return lines.find((line) => line[1] === local && line[3] !== "0A")?.[3];
}
