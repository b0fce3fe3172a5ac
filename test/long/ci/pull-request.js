import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { home, projectIn, tooShort } from "./project.js";
import { runJob } from "./runner.js";

const workflow = join(home, "docs/examples/ci/github-soak.yml");

const cases = [
  { name: "well", server: "echoes.mjs", criteria: tooShort, verdict: "pass", failed: false, says: [] },
  {
    name: "leaks",
    server: "leaks-fd.mjs",
    criteria: tooShort,
    verdict: "fail",
    failed: true,
    says: ["::error"],
  },
  {
    name: "not-decided",
    server: "echoes.mjs",
    // So few operations cannot show it.
    criteria: { ...tooShort, fds: { detect: "1 per 250 operations" } },
    verdict: "inconclusive",
    failed: false,
    says: ["::warning title=watertight::not decided"],
  },
];

/** One project that is well, one that leaks, one of which too little is seen. */
export function pullRequests({ folder, tarball }) {
  return cases.map((each) => {
    const workspace = projectIn(join(folder, each.name), { ...each, tarball });
    const temp = join(folder, `${each.name}-runner`);
    const job = runJob(workflow, "soak", { workspace, temp, store: join(temp, "store") });
    return { name: `soak, ${each.name}`, jobs: { soak: job }, checks: checksOf(each, { job, workspace }) };
  });
}

function checksOf({ failed, verdict, says }, { job, workspace }) {
  const report = (ending) => {
    const path = join(workspace, `reports/soak.${ending}`);
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  };
  const hasError = (text) =>
    JSON.parse(text || "{}").runs?.[0].results.some(({ level }) => level === "error");
  return {
    "the job fails only for a leak": job.failed === failed,
    "no step but the soak fails": job.done.every(
      ({ step, result }) => result !== "failure" || step === "Soak",
    ),
    "the summary of the step names the verdict": job.summary.includes(`watertight: ${verdict}`),
    "the comment names the verdict": report("md").includes(`watertight: ${verdict}`),
    "gh is asked to comment": job.gh.startsWith("pr\ncomment\n7\n--body-file\nreports/soak.md\n"),
    "JUnit has a failure only for a leak": report("xml").includes("<failure") === failed,
    "SARIF has an error only for a leak": hasError(report("sarif")) === failed,
    "the page of the run is among the reports": existsSync(join(workspace, "reports/soak/report.html")),
    "the log has an error only for a leak": job.log.includes("::error") === failed,
    ...Object.fromEntries(says.map((text) => [`the log says ${text}`, job.log.includes(text)])),
  };
}
