// Six flows in one run, of which two leak different resources in one of five sessions: each time both are found with
// their flow, and none is accused wrongly. 20 runs, or as many as the argument says, each with another seed and pair.
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runTool, tempFolder } from "./lib.js";

const home = fileURLToPath(new URL("../..", import.meta.url));
const runs = Number(process.argv[2] ?? 20);
const flows = ["a", "b", "c", "d", "e", "f"];
const others = ["tasks", "processes"];
const folder = tempFolder();
// The server finds its library from where it lies.
symlinkSync(join(home, "node_modules"), join(folder, "node_modules"));
cpSync(join(home, "test/fixtures/flows/leaks-by-path.mjs"), join(folder, "leaks-by-path.mjs"));

const steps = {
  a: "[{connect: /a}, {send: hello}, {expect: hello}, close]",
  b: "[{connect: /b}, {send: hello}, {expect: hello}, {drop: fin}]",
  c: "[{connect: /c}, {send: hello}, {expect: hello}, {drop: reset}]",
  d: "[{connect: /d}, close]",
  e: "[{connect: /e}, {drop: reset}]",
  f: "[{connect: /f}, {send: hello}, {expect: hello}, {send: again}, {expect: again}, close]",
};

function scenario(leaks) {
  const words = Object.entries(leaks).map(([what, flow]) => `${what}=/${flow}`);
  return `target:
  command: node leaks-by-path.mjs {port} ${words.join(" ")} every=5
  cwd: .
flows:
${flows.map((flow) => `  ${flow}: {steps: ${steps[flow]}}`).join("\n")}
load: {operations: 1920, maxOperations: 1920, batch: 80, concurrency: 16, warmup: 60}
settle: {quiet: 100ms}
drain: 500ms
criteria:
  ptys: {drop: this server opens no PTY}
`;
}

let right = 0;
for (let run = 1; run <= runs; run++) {
  const one = flows[run % 6];
  const two = flows[(run + 1 + (run % 5)) % 6];
  const leaks = { fds: one, [others[run % others.length]]: two };
  const path = join(folder, `run-${run}.yaml`);
  const out = join(folder, `out-${run}`);
  mkdirSync(out);
  writeFileSync(path, scenario(leaks));
  const since = Date.now();
  const words = ["--seed", String(run), "--out", out, "--reporter", "json", "--no-progress"];
  const { stdout, stderr } = await runTool(["run", path, ...words]);
  const seconds = ((Date.now() - since) / 1000).toFixed(1);
  const said = stdout === "" ? stderr.trim() : accused(stdout);
  const wanted = Object.entries(leaks)
    .map(([criterion, flow]) => `${criterion} of ${flow}`)
    .toSorted()
    .join(", ");
  if (said === wanted) right++;
  console.log(`${said === wanted ? "ok " : "NOT"} run ${run}: ${wanted}; found ${said} in ${seconds} s`);
  rmSync(out, { recursive: true, force: true });
}
rmSync(folder, { recursive: true });
console.log(`${right} of ${runs} runs found both flows, and accused no other`);
process.exitCode = right === runs ? 0 : 1;

function accused(stdout) {
  const [result] = JSON.parse(stdout).scenarios;
  const leaking = result.flows.filter(({ verdict }) => verdict === "leaks");
  return (
    leaking
      .map(({ criterion, flow }) => `${criterion} of ${flow}`)
      .toSorted()
      .join(", ") || "none"
  );
}
