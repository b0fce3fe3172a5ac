import type { Answers } from "./answers.js";
import { composeFileOf } from "./compose-start.js";
import type { Project } from "./project.js";
import { containerPid } from "./scenario-text.js";

export interface CiFile {
  readonly path: string;
  readonly text: string;
  /** What is left for the reader to do; undefined = nothing. */
  readonly left?: string;
}

interface CiInput {
  readonly project: Project;
  readonly answers: Answers;
  /** Of watertight: the job takes the one that the scenario was tried with. */
  readonly version: string;
}

/** The CI job: for GitLab where its file is there, else for GitHub Actions. */
export function ciFile(input: CiInput): CiFile {
  return input.project.files.has(".gitlab-ci.yml") ? gitlab(input) : github(input);
}

/** Only a leak stops a change: 3 means that nothing could be said for sure. */
function soakLines({ answers, version }: CiInput): string[] {
  const isCompose = answers.start.language === "compose";
  const attach = isCompose ? ` --attach "pid:$(${containerPid(answers.start.service)})"` : "";
  const tool = `${isCompose ? 'sudo env "PATH=$PATH" ' : ""}npx --yes watertight@${version}`;
  return [
    ...(isCompose ? ["docker compose up --detach --wait"] : []),
    "code=0",
    `${tool} run watertight.yaml --quick --no-progress --out reports/soak${attach} || code=$?`,
    "# 3: nothing leaks for sure, and something could not be decided. Take this line out to be strict.",
    'if [ "$code" -eq 3 ]; then echo "inconclusive: see the report"; code=0; fi',
    ...(isCompose ? ["docker compose down"] : []),
    'exit "$code"',
  ];
}

function github(input: CiInput): CiFile {
  const lines = [
    "# Does the server give back everything it takes? A leak fails the job; the report is among its artifacts.",
    "name: soak",
    "on:",
    "  pull_request:",
    "  push:",
    "    branches: [main]",
    "permissions:",
    "  contents: read",
    "jobs:",
    "  soak:",
    "    runs-on: ubuntu-latest",
    "    timeout-minutes: 15",
    "    steps:",
    "      - uses: actions/checkout@v4",
    "      - uses: actions/setup-node@v4",
    "        with:",
    "          node-version: 22",
    ...githubSetup(input).map((line) => `      ${line}`),
    "      - name: Soak",
    "        run: |",
    ...soakLines(input).map((line) => `          ${line}`),
    "      - uses: actions/upload-artifact@v4",
    "        if: always()",
    "        with:",
    "          name: soak",
    "          path: reports/soak",
  ];
  return { path: ".github/workflows/soak.yml", text: `${lines.join("\n")}\n` };
}

function githubSetup(input: CiInput): string[] {
  const { language } = input.answers.start;
  const setups: Readonly<Record<string, readonly string[]>> = {
    go: ["- uses: actions/setup-go@v5", "  with:", "    go-version-file: go.mod"],
    python: ["- uses: actions/setup-python@v5", "  with:", '    python-version: "3.12"'],
  };
  return [...(setups[language] ?? []), ...installLines(input).map((line) => `- run: ${line}`)];
}

/** What a fresh clone needs before the server starts. */
function installLines({ project: { files, folders }, answers: { start } }: CiInput): string[] {
  if (start.language === "node") return nodeInstall(files);
  if (start.language !== "python") return [];
  const venv = start.command.startsWith("python3") ? undefined : /^[^/]+/.exec(start.command)?.[0];
  const pip = venv !== undefined && folders.has(venv) ? `${venv}/bin/pip` : "pip";
  const make = pip === "pip" ? [] : [`python3 -m venv ${venv}`];
  if (files.has("requirements.txt")) return [...make, `${pip} install -r requirements.txt`];
  return files.has("pyproject.toml") ? [...make, `${pip} install .`] : make;
}

function nodeInstall(files: ReadonlyMap<string, string>): string[] {
  if (files.has("pnpm-lock.yaml")) return ["corepack enable", "pnpm install --frozen-lockfile"];
  if (files.has("yarn.lock")) return ["corepack enable", "yarn install"];
  if (files.has("package-lock.json")) return ["npm ci"];
  return files.has("package.json") ? ["npm install"] : [];
}

/** A file of its own, to be included: what is there stays as it is. */
function gitlab(input: CiInput): CiFile {
  const images: Readonly<Record<string, string>> = { node: "node:22", go: "golang:1", python: "python:3" };
  const image =
    composeFileOf(input.project) !== undefined && input.answers.start.language === "compose"
      ? "docker:28"
      : (images[input.answers.start.language] ?? "node:22");
  const needsNode = !image.startsWith("node:");
  const path = ".gitlab/soak.yml";
  const lines = [
    "# Does the server give back everything it takes? A leak fails the job; the report is among its artifacts.",
    "soak:",
    `  image: ${image}`,
    "  script:",
    ...(needsNode
      ? [
          image.startsWith("docker")
            ? "    - apk add --no-cache nodejs npm sudo"
            : "    - apt-get update && apt-get install --yes nodejs npm",
        ]
      : []),
    ...installLines(input).map((line) => `    - ${line}`),
    "    - |",
    ...soakLines(input).map((line) => `      ${line}`),
    "  artifacts:",
    "    when: always",
    "    paths: [reports/soak]",
  ];
  return {
    path,
    text: `${lines.join("\n")}\n`,
    left: `put it into .gitlab-ci.yml:  include: [{local: ${path}}]`,
  };
}
