// Runs that measure nothing, or lose what they measure with: none may exit 0. Words: only these.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runTool, tempFolder, trouble } from "./lib.js";

const fixtures = fileURLToPath(new URL("../fixtures", import.meta.url));
const own = fileURLToPath(new URL("../..", import.meta.url));
const folder = tempFolder();

const hello = { steps: [{ connect: "/" }, { send: "hello" }, { expect: "hello" }, "close"] };
const parts = {
  load: { operations: 90, batch: 10, concurrency: 5, warmup: 10 },
  settle: { quiet: "50ms", within: "2s" },
  drain: "200ms",
  stop: { signal: "SIGTERM", within: "1s" },
  production: { sessionsPerHour: 60 },
};
const withoutProbes = { probes: { node: "off" } };
const fixture = (name) => ({ command: `node ${join(fixtures, name)} {port}` });

const tool = [process.execPath, join(own, "bin/watertight.js")];
const agentsOnPipes = [...tool, "gateway", "--port", "{port}", "--agent", "sh {goose} run ?"];

/** Each is a whole scenario, or the words of a run. */
const cases = {
  "the load is switched off": {
    target: { command: "{gateway} --agent '{goose} run ?'" },
    flows: { idle: { steps: [{ wait: "20ms" }] } },
    probes: { node: "auto", prometheus: "/metrics" },
  },
  "the target closes its inspector": {
    target: fixture("long/closes-inspector.mjs"),
    flows: { hello },
    probes: { node: "auto" },
  },
  "the target takes SIGUSR1 for itself": {
    target: fixture("long/takes-sigusr1.mjs"),
    flows: { hello },
    probes: { node: "auto" },
  },
  "/metrics vanishes": {
    target: fixture("long/metrics-vanish.mjs"),
    flows: { hello },
    probes: { node: "off", prometheus: "/metrics" },
  },
  "the gateway answers nothing": {
    target: fixture("target/accept-and-stay-silent.mjs"),
    flows: { silent: { steps: [{ connect: { path: "/", within: "500ms" } }, "close"] } },
    ...withoutProbes,
  },
  "the gateway takes sessions and stays silent": {
    target: fixture("long/silent.mjs"),
    flows: {
      hello: {
        steps: [{ connect: "/" }, { send: "hello" }, { expect: { text: "hello", within: "300ms" } }, "close"],
      },
    },
    ...withoutProbes,
  },
  "a PTY scenario, and no PTY is opened": ["run", "goose-churn", "--quick", "--", ...agentsOnPipes],
};

const wanted = process.argv.slice(2);
let wrong = 0;
let ran = 0;
for (const [name, given] of Object.entries(cases)) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
  ran++;
  const { code, stdout, stderr } = await runTool(wordsOf(name, given));
  const right = code === 1 || code === 3 || code === 4;
  if (!right) wrong++;
  console.log(`${right ? "ok " : "NOT"} ${name}: exit ${code}`);
  for (const line of stdout === "" ? [stderr.trim()] : trouble(stdout)) console.log(`      ${line}`);
}
rmSync(folder, { recursive: true });
console.log(`${ran - wrong} of ${ran} runs that measured nothing are no pass`);
process.exitCode = wrong === 0 ? 0 : 1;

function wordsOf(name, given) {
  const place = join(folder, name.replaceAll(/\W+/g, "-"));
  const options = ["--out", join(place, "out"), "--reporter", "json", "--no-progress"];
  if (Array.isArray(given)) {
    const split = given.indexOf("--");
    return [...given.slice(0, split), ...options, ...given.slice(split)];
  }
  mkdirSync(place);
  const path = join(place, "scenario.yaml");
  // JSON is YAML.
  writeFileSync(path, JSON.stringify({ name: "vacuous", ...parts, ...given }));
  return ["run", path, ...options];
}
