import { expect, it } from "vitest";
import { portOf } from "../../src/soak/port-of.js";
import { scenarioOf } from "./fakes.js";

const elsewhere = { flows: {}, load: "external" };
const target = { command: "serve {port}", url: "http://127.0.0.1:18080/app" };

it("an engine elsewhere finds the target where the scenario says", async () => {
  expect(await portOf(scenarioOf({ ...elsewhere, target }))).toBe(18_080);
});

it("without a port in the URL, or with a load of our own, it is a free one", async () => {
  expect(await portOf(scenarioOf(elsewhere))).toBeGreaterThan(1023);
  expect(await portOf(scenarioOf({ target }))).not.toBe(18_080);
});
