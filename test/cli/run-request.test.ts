import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseRunRequest } from "../../src/cli/run-request.js";
import { fakeHost } from "./fake-host.js";

const command = ["./mine", "{port}"];
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "watertight-request-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function withOther(server: string) {
  const path = join(folder, "chat.yaml");
  writeFileSync(
    path,
    `target: {command: "${server}", ready: {log: listening}}
flows: {visit: {steps: [{http: /}]}}
probes: {prometheus: /metrics}
`,
  );
  const { host } = fakeHost();
  const request = await parseRunRequest({
    names: [path],
    options: { seed: "1", progress: false },
    command,
    host,
  });
  return request.scenarios[0];
}

it("knows nothing of a server that stands in for the gateway", async () => {
  const scenario = await withOther("{gateway}");
  expect(scenario?.target).toMatchObject({ command, ready: { how: { kind: "port" } } });
  expect(scenario?.probes.prometheus).toBeUndefined();
});

it("keeps what a scenario knows of its own server, started in another way", async () => {
  const scenario = await withOther("./chat {port}");
  expect(scenario?.target).toMatchObject({ command, ready: { how: { kind: "log", pattern: "listening" } } });
  expect(scenario?.probes.prometheus).toBe("/metrics");
});
