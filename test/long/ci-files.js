// npm run soak:ci-files: the steps of docs/examples/ci/github-soak.yml, run as a runner runs them, in a fresh project that has
// installed the packed product: one whose server leaks, one that is well, one of which too little is seen.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { missing, runJob } from "./ci/job.js";
import { tempFolder } from "./lib.js";

const home = fileURLToPath(new URL("../..", import.meta.url));
const workflow = join(home, "docs/examples/ci/github-soak.yml");
const folder = tempFolder();

const well = { server: "echoes.mjs", criteria: { memory: { drop: "too short a run to tell" } } };
const cases = [
  { name: "well", ...well, failed: false, verdict: "pass", says: [], silent: ["::error", "::warning"] },
  {
    name: "leaks",
    ...well,
    server: "leaks-fd.mjs",
    failed: true,
    verdict: "fail",
    says: ["::error"],
    silent: [],
  },
  {
    name: "not decided",
    ...well,
    criteria: {},
    failed: false,
    verdict: "inconclusive",
    says: ["::warning title=watertight::not decided"],
    silent: ["::error"],
  },
];

function packed() {
  const words = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
  return join(folder, execFileSync("npm", words, { cwd: home, encoding: "utf8" }).trim());
}

function projectOf({ name, server, criteria }, tarball) {
  const workspace = join(folder, name.replace(" ", "-"));
  mkdirSync(workspace);
  for (const file of [server, "serve.mjs"]) {
    cpSync(join(home, "test/fixtures/cli", file), join(workspace, file));
  }
  const project = { name: "project", private: true, type: "module", dependencies: { ws: "^8" } };
  const devDependencies = { watertight: `file:${tarball}` };
  writeFileSync(join(workspace, "package.json"), JSON.stringify({ ...project, devDependencies }));
  const scenario = {
    target: { command: `node ${server} {port}` },
    flows: { echo: { steps: [{ connect: "/" }, { send: "hello" }, { expect: "hello" }, "close"] } },
    load: { operations: 60, batch: 10, concurrency: 5, warmup: 10 },
    settle: { quiet: "50ms", within: "2s" },
    drain: "100ms",
    criteria,
    probes: { node: "off" },
  };
  writeFileSync(join(workspace, "soak.yaml"), JSON.stringify(scenario));
  execFileSync("npm", ["install", "--package-lock-only", "--silent", "--no-audit", "--no-fund"], {
    cwd: workspace,
  });
  return workspace;
}

/** What is not as it should be. */
function problems({ failed, verdict, says, silent }, { job, workspace }) {
  const log = job.done.map((step) => step.log).join("");
  const report = (ending) => {
    const path = join(workspace, `reports/soak.${ending}`);
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  };
  const hasError = (text) =>
    JSON.parse(text || "{}").runs?.[0].results.some(({ level }) => level === "error");
  const checks = {
    "the job fails only for a leak": job.failed === failed,
    "every file that an action takes is there": missing(job.done, workspace).length === 0,
    "the summary of the step names the verdict": job.summary.includes(`watertight: ${verdict}`),
    "the comment names the verdict": report("md").includes(`watertight: ${verdict}`),
    "gh is asked to comment": job.gh.startsWith("pr\ncomment\n7\n--body-file\nreports/soak.md\n"),
    "JUnit has a failure only for a leak": report("xml").includes("<failure") === failed,
    "SARIF has an error only for a leak": hasError(report("sarif")) === failed,
    "the page of the run is among them": existsSync(join(workspace, "reports/soak/report.html")),
  };
  return [
    ...Object.entries(checks).flatMap(([what, holds]) => (holds ? [] : [what])),
    ...says.flatMap((text) => (log.includes(text) ? [] : [`it says ${text}`])),
    ...silent.flatMap((text) => (log.includes(text) ? [`it does not say ${text}`] : [])),
  ];
}

let wrong = 0;
try {
  const tarball = packed();
  for (const each of cases) {
    const workspace = projectOf(each, tarball);
    const job = runJob(workflow, {
      name: "soak",
      workspace,
      temp: join(workspace, "..", `${each.name}-runner`),
    });
    const found = problems(each, { job, workspace });
    wrong += found.length;
    console.log(`${found.length === 0 ? "ok   " : "WRONG"}  ${each.name}`);
    for (const { step, result } of job.done) console.log(`         ${result.padEnd(8)} ${step}`);
    for (const what of found) console.log(`       not so: ${what}`);
    if (found.length > 0) console.log(job.done.map((step) => step.log).join(""));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = wrong > 0 ? 1 : 0;
