import { expect, it } from "vitest";
import { parseScenario } from "../../src/scenario/parse.js";
import { portOf } from "../../src/soak/port-of.js";

const flows = "flows: {a: {steps: [http: /]}}";

/** The target of a file, and the port; undefined = a free one. */
const targets: readonly (readonly [string, number | undefined])[] = [
  ["{command: node server.js, url: 'ws://127.0.0.1:18765'}", 18_765],
  ["{command: node server.js, url: 'http://127.0.0.1:18765/app'}", 18_765],
  ["{command: 'node server.js {port}', url: 'ws://127.0.0.1:18765'}", undefined],
  ["{command: node server.js, env: {PORT: '{port}'}, url: 'ws://127.0.0.1:18765'}", undefined],
  [
    "{command: node server.js, ready: {url: 'http://127.0.0.1:{port}/'}, url: 'ws://127.0.0.1:18765'}",
    undefined,
  ],
  ["{command: node server.js}", undefined],
  ["{url: 'ws://127.0.0.1:18765'}", undefined],
];

it.each(targets)("target: %s", async (target, port) => {
  const asked = await portOf(parseScenario(`target: ${target}\n${flows}`, "a.yaml"));
  if (port === undefined) expect(asked).not.toBe(18_765);
  else expect(asked).toBe(port);
});
