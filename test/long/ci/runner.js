import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { runAction } from "./actions.js";
import { fakeGh } from "./gh.js";

/**
 * Runs a job of a workflow as a runner of GitHub does: `bash -e` for each step, in the workspace, with its variables and
 * files; a step after a failed one only where it says `always()`. Of the actions those that move files are played
 * (`actions.js`), `gh` is a stand-in (`gh.js`).
 * @param where.store holds the artifacts; `where.origin` is the repository, `where.needs` what other jobs have put out.
 * @returns each step with what became of it, what the job puts out, and the texts that it left.
 */
export function runJob(path, name, where) {
  const workflow = parse(readFileSync(path, "utf8"));
  const job = workflow.jobs[name];
  const files = filesIn(where.temp);
  const env = { ...process.env, ...variables(workflow, files, where), ...fakeGh(where, files.gh) };
  const state = { failed: false, outputs: {}, env, where, files };
  const done = job.steps.map((step) => ({ step: step.name ?? step.uses, ...runStep(step, state) }));
  const text = (file) => readFileSync(file, "utf8");
  const outputs = Object.entries(job.outputs ?? {}).map(([key, value]) => [key, filled(value, state)]);
  return {
    failed: state.failed,
    done,
    outputs: Object.fromEntries(outputs),
    log: done.map(({ log }) => log).join(""),
    summary: text(files.summary),
    gh: text(files.gh),
  };
}

function filesIn(temp) {
  mkdirSync(temp, { recursive: true });
  const names = { output: "output", summary: "summary.md", gh: "gh.txt", script: "step.sh" };
  const files = Object.fromEntries(Object.entries(names).map(([key, file]) => [key, join(temp, file)]));
  for (const file of Object.values(files)) writeFileSync(file, "");
  return files;
}

function variables({ name, env = {} }, files, { workspace }) {
  return {
    ...env,
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_WORKFLOW: name,
    GITHUB_WORKSPACE: workspace,
    GITHUB_REPOSITORY: "someone/project",
    GITHUB_OUTPUT: files.output,
    GITHUB_STEP_SUMMARY: files.summary,
    FORCE_COLOR: undefined,
  };
}

function runStep(step, state) {
  const { files, where } = state;
  if (!goes(step.if, state)) return { result: "skipped", log: "" };
  if (step.uses !== undefined) {
    const inputs = Object.entries(step.with ?? {}).map(([key, value]) => [key, filled(value, state)]);
    return told(runAction(step.uses, Object.fromEntries(inputs), where), state);
  }
  writeFileSync(files.script, step.run);
  writeFileSync(files.output, "");
  const own = Object.entries(step.env ?? {}).map(([key, value]) => [key, filled(value, state)]);
  const { status, stdout, stderr } = spawnSync("bash", ["-e", files.script], {
    cwd: where.workspace,
    env: { ...state.env, ...Object.fromEntries(own) },
    encoding: "utf8",
  });
  if (step.id !== undefined) state.outputs[step.id] = outputsIn(readFileSync(files.output, "utf8"));
  return told({ result: status === 0 ? "success" : "failure", log: stdout + stderr }, state);
}

function told(outcome, state) {
  if (outcome.result === "failure") state.failed = true;
  return outcome;
}

function outputsIn(text) {
  return Object.fromEntries(text.split("\n").flatMap((line) => (line === "" ? [] : [line.split("=")])));
}

/** Conditions that are joined by `&&`; without `always()` there is a silent `success()`. */
function goes(condition, state) {
  if (state.failed && !condition?.includes("always()")) return false;
  return (condition ?? "true").split(" && ").every((part) => holds(part, state));
}

function holds(part, state) {
  if (part === "always()" || part === "true") return true;
  const [, left, sign, right] = /^(.+) (==|!=) (.+)$/.exec(part);
  return (value(left, state) === value(right, state)) === (sign === "==");
}

function filled(text, state) {
  return String(text).replace(/\$\{\{ (.+?) \}\}/g, (_, expression) => value(expression, state) ?? "");
}

const contexts = {
  "github.token": "a-token",
  "github.repository": "someone/project",
  "github.event.pull_request.head.repo.full_name": "someone/project",
  "github.event.pull_request.number": "7",
};

function value(expression, { outputs, env, where }) {
  if (expression.startsWith("'")) return expression.slice(1, -1);
  const [, file] = /^hashFiles\('(.+)'\)$/.exec(expression) ?? [];
  if (file !== undefined) return existsSync(join(where.workspace, file)) ? "a-hash" : "";
  const [kind, name, , key] = expression.split(".");
  const kinds = { steps: outputs[name]?.[key], needs: where.needs?.[name]?.[key], env: env[name] };
  return kind in kinds ? kinds[kind] : contexts[expression];
}
