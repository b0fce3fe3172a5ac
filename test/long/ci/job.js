import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/**
 * Runs the shell steps of a job as a runner of GitHub does: `bash -e`, in the workspace, with its variables and files; a
 * step after a failed one only where it says `always()`. Actions are not run, only noted, and `gh` is one that notes its words.
 * @returns each step with what became of it, and the texts that the steps left.
 */
export function runJob(workflowPath, { name, workspace, temp }) {
  const { steps } = parse(readFileSync(workflowPath, "utf8")).jobs[name];
  mkdirSync(temp, { recursive: true });
  const files = { output: join(temp, "output"), summary: join(temp, "summary.md"), gh: join(temp, "gh.txt") };
  for (const file of Object.values(files)) writeFileSync(file, "");
  const env = {
    ...process.env,
    ...variables(workspace, files),
    PATH: `${fakeGh(temp, files.gh)}:${process.env.PATH}`,
  };
  let failed = false;
  const done = steps.map((step) => {
    const goes = !failed || step.if?.includes("always()");
    const outcome = goes ? runStep(step, { env, workspace, temp }) : { result: "skipped", log: "" };
    if (outcome.result === "failure") failed = true;
    return { step: step.name ?? step.uses, uses: step.uses, with: step.with, ...outcome };
  });
  const text = (file) => readFileSync(file, "utf8");
  return { failed, done, summary: text(files.summary), gh: text(files.gh), output: text(files.output) };
}

function variables(workspace, files) {
  return {
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_WORKSPACE: workspace,
    GITHUB_REPOSITORY: "someone/project",
    GITHUB_EVENT_NAME: "pull_request",
    GITHUB_OUTPUT: files.output,
    GITHUB_STEP_SUMMARY: files.summary,
    FORCE_COLOR: undefined,
  };
}

/** Answers nothing; its words are kept, and the file that it was to send. */
function fakeGh(temp, notes) {
  const folder = join(temp, "bin");
  mkdirSync(folder, { recursive: true });
  const script = `#!/bin/sh\nprintf '%s\\n' "$@" >> '${notes}'\n`;
  writeFileSync(join(folder, "gh"), script, { mode: 0o755 });
  return folder;
}

function runStep(step, { env, workspace, temp }) {
  if (step.run === undefined) return { result: "action", log: "" };
  const script = join(temp, "step.sh");
  writeFileSync(script, step.run);
  const own = Object.fromEntries(Object.entries(step.env ?? {}).map(([key, value]) => [key, filled(value)]));
  const { status, stdout, stderr } = spawnSync("bash", ["-e", script], {
    cwd: workspace,
    env: { ...env, ...own },
    encoding: "utf8",
  });
  return { result: status === 0 ? "success" : "failure", status, log: stdout + stderr };
}

const contexts = {
  "github.token": "a-token",
  "github.repository": "someone/project",
  "github.event.pull_request.number": "7",
};

function filled(value) {
  return String(value).replace(/\$\{\{ ([\w.]+) \}\}/g, (_, name) => contexts[name] ?? "");
}

/** Files that an action was told to take, and that are not there. */
export function missing(done, workspace) {
  const paths = done.flatMap(({ with: inputs }) => [inputs?.path, inputs?.sarif_file]);
  return paths.filter((path) => path !== undefined && !existsSync(join(workspace, path)));
}
