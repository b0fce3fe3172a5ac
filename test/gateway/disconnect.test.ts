import { afterEach, describe, expect, it } from "vitest";
import { type Client, goose, heldMore, type Rig, rig, steady } from "./rig.js";

let gateway: Rig | undefined;

afterEach(async () => {
  await gateway?.stop();
});

/** Every way in which a client can leave. */
const ways: readonly (readonly [string, (client: Client) => void])[] = [
  ["a close frame", (client) => client.socket.close()],
  ["a FIN", (client) => client.peer.end()],
  ["an RST", (client) => client.peer.resetAndDestroy()],
  ["silence", () => {}],
];

const agents = [
  ["in a terminal", `${goose} run ?`],
  ["on pipes", `sh ${goose} run ?`],
] as const;

const cases = ways.flatMap(([name, leave]) =>
  agents.map(([where, agent]) => ({ name, leave, where, agent })),
);

describe("a client that leaves in mid-run", () => {
  it.each(cases)("by $name gives back its agent $where, and all else", async ({ name, leave, agent }) => {
    const silent = name === "silence";
    gateway = await rig({ agent, graceMs: 50, pingEveryMs: silent ? 100 : 60_000 });
    const before = await steady();
    for (const prompt of ["@hang", "@ignore-int", "@fork @hang"]) {
      const client = await gateway.connect({ autoPong: !silent });
      client.ask(prompt);
      await client.line(`echo: ${prompt}`);
      leave(client);
      await client.closed();
    }
    await heldMore(before);
    expect(gateway.log.filter((line) => line.includes("outcome"))).toEqual([]);
  });

  it("gives all back when it leaves before the welcome", async () => {
    gateway = await rig();
    const before = await steady();
    const client = await gateway.connect();
    client.peer.resetAndDestroy();
    await heldMore(before);
  });

  it("does not lose a peer that answers its pings", async () => {
    gateway = await rig({ pingEveryMs: 20 });
    const client = await gateway.connect();
    const pings = new Promise<void>((resolve) => {
      let left = 5;
      client.socket.on("ping", () => (left -= 1) === 0 && resolve());
    });
    await pings;
    expect(await client.run("hi")).toMatchObject({ code: 0 });
  });

  it("leaves a client alone whose neighbour leaves", async () => {
    gateway = await rig();
    const [stays, leaves] = [await gateway.connect(), await gateway.connect()];
    for (const client of [stays, leaves]) {
      client.ask("@hang");
      await client.line("echo: @hang");
    }
    const both = await steady();
    await leaves.close();
    await heldMore(both, {
      fds: -3,
      ptys: -1,
      tasks: { Timeout: -1, TCPSocketWrap: -2, TTYWrap: -1 },
      children: { sleep: -1 },
    });
    expect(stays.all("exec_end")).toEqual([]);
  });
});

describe("the gateway after 300 sessions", () => {
  it("holds what it held before", async () => {
    const started = await rig({ agent: `sh ${goose} run ?` });
    gateway = started;
    const before = await steady();
    const directives = ["hi", "@exit=3", "@kill", "@no-newline", "@flood=20", "@hang"];
    for (let round = 0; round < 12; round += 1) {
      await Promise.all(Array.from({ length: 25 }, (_, index) => session(started, directives[index % 6])));
    }
    await heldMore(before);
  }, 120_000);
});

async function session(gateway: Rig, prompt = "hi"): Promise<void> {
  const client = await gateway.connect();
  if (prompt === "@hang") {
    client.ask(prompt);
    await client.line("echo: @hang");
  } else await client.run(prompt);
  await client.close();
}
