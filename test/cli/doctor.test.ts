import { expect, it } from "vitest";
import { doctorCommand } from "../../src/cli/doctor.js";
import { checksOf } from "../../src/doctor/checks.js";
import { measureLooks } from "../../src/doctor/look-cost.js";
import { criterionIds } from "../../src/model/verdict.js";
import { soundMachine } from "../doctor/machine.js";
import { fakeHost } from "./fake-host.js";
import { tool } from "./rig.js";

const words = { reporter: "json", out: "reports", cost: false };

it.each([
  ["a sound machine", soundMachine, 0, []],
  ["one without a loopback", { ...soundMachine, loopback: false }, 3, [...criterionIds]],
] as const)("%s", async (...row) => {
  const [, facts, exitCode, blocked] = row;
  const fake = fakeHost();
  const code = await doctorCommand(words, fake.host, async () => ({
    facts,
    checks: checksOf(facts),
    costs: [],
  }));
  expect(code).toBe(exitCode);
  expect(JSON.parse(fake.stdout())).toMatchObject({ format: 1, exitCode, blocked });
});

it.runIf(process.platform === "linux")("looks at this machine, and leaves nothing on it", async () => {
  const { code, stdout, stderr } = await tool(["doctor", "--no-cost"]);
  expect([0, 3]).toContain(code);
  expect(stderr).toBe("");
  expect(stdout).toMatch(/kernel: Linux \d/);
});

it.runIf(process.platform === "linux")("measures a look at helpers that are gone afterwards", async () => {
  const costs = await measureLooks({ procRoot: "/proc", sizes: [1, 3], manyFds: 200, timeMs: 20 });
  expect(costs.map(({ processes }) => processes)).toEqual([1, 3, 1]);
  expect(costs.at(-1)?.fds).toBeGreaterThanOrEqual(200);
  for (const { medianMs, looks } of costs) {
    expect(medianMs).toBeGreaterThan(0);
    expect(looks).toBeGreaterThan(0);
  }
});
