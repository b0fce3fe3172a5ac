import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseOnly } from "../cli/parse-only.js";
import { blocksOf, home } from "./pages.js";

const folder = join(home, "docs/examples/ci");
const temporary = mkdtempSync(join(tmpdir(), "watertight-ci-"));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const ajv = new Ajv({ strict: false, validateFormats: false });
ajv.addSchema(schemaNamed("kubernetes-deployment"), "kubernetes-deployment.json");
const isWorkflow = ajv.compile(schemaNamed("github-workflow"));
const isGitlab = ajv.compile(schemaNamed("gitlab-ci"));
const isCronJob = ajv.compile(schemaNamed("kubernetes-cronjob"));

function schemaNamed(name: string): object {
  return JSON.parse(readFileSync(join(home, `test/fixtures/schemas/${name}.json`), "utf8")) as object;
}

function read(name: string): string {
  return readFileSync(join(folder, name), "utf8");
}

/** The lines of `watertight` in shell text, without what the shell does about their exit code. */
function commandsIn(text: string): readonly (readonly string[])[] {
  const lines = text.replaceAll(/\\\n\s*/g, " ").split("\n");
  const commands = lines.flatMap(
    (line) => /(?<![\w/-])watertight ((?:run|nightly|history) .*)/.exec(line)?.[1] ?? [],
  );
  return commands.map((command) =>
    command
      .replace(/ \|\| .*/, "")
      .trim()
      .split(/\s+/),
  );
}

function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(texts);
}

/** A program of the PATH; in CI it may not be missing. */
function has(program: string): boolean {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return process.env["CI"] === "true" || folders.some((each) => existsSync(join(each, program)));
}

function expectValid(is: ValidateFunction, value: unknown): void {
  expect([is(value), is.errors]).toEqual([true, null]);
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly [key: string]: unknown;
}

interface Job {
  readonly "timeout-minutes"?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  readonly [key: string]: unknown;
}

interface Workflow {
  readonly permissions: object;
  readonly concurrency: object;
  readonly jobs: Readonly<Record<string, Job>>;
  readonly [key: string]: unknown;
}

const actionlint = has("actionlint");

describe.each(["github-soak.yml", "github-nightly.yml"])("%s", (name) => {
  const workflow: Workflow = parse(read(name));
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  it("is a workflow", () => expectValid(isWorkflow, workflow));

  it.each([
    ["an unknown key", { job: {} }],
    ["a permission that there is not", { permissions: { contents: "append" } }],
    ["a step that does nothing", { jobs: { a: { "runs-on": "x", steps: [{ shell: 1 }] } } }],
  ])("is refused with %s", (_, wrong) => expect(isWorkflow({ ...workflow, ...wrong })).toBe(false));

  it.skipIf(!actionlint)(
    `has nothing that actionlint minds${actionlint ? "" : " (it is not installed)"}`,
    () => {
      expect(linted(read(name))).toEqual({ status: 0, stdout: "" });
      const wrong = linted(
        read(name).replace("github.ref", "github.reff").replace("steps.night", "steps.nigth"),
      );
      expect(wrong.status).toBe(1);
    },
  );

  it("may write nothing but what a job asks for, and ends in time", () => {
    expect(workflow).toMatchObject({ permissions: { contents: "read" }, concurrency: expect.anything() });
    for (const job of Object.values(workflow.jobs)) {
      expect(job["timeout-minutes"]).toBeGreaterThan(0);
      // Who may write the repository does not run the code under test.
      if (job.permissions?.["contents"] === "write") {
        expect(texts(job.steps).join("\n")).not.toMatch(/npm ci$|watertight (run|nightly)/m);
      }
    }
  });

  it("takes actions of a named major version, and keeps what there is however a step ends", () => {
    const actions = steps.flatMap(({ uses }) => uses ?? []);
    expect(actions.filter((action) => !/^[\w-]+\/[\w/-]+@v\d+$/.test(action))).toEqual([]);
    const uploads = steps.filter(({ uses }) => uses?.startsWith("actions/upload-artifact@"));
    expect(uploads.map((step) => step.if)).toEqual(uploads.map(() => "always()"));
  });

  it("has commands that there are", async () => {
    const commands = commandsIn(texts(steps).join("\n"));
    expect(commands).not.toEqual([]);
    for (const words of commands) await parseOnly(words);
  });
});

function linted(text: string): { readonly status: number | null; readonly stdout: string } {
  const { status, stdout } = spawnSync("actionlint", ["-no-color", "-shellcheck=", "-pyflakes=", "-"], {
    input: text,
    encoding: "utf8",
  });
  return { status, stdout };
}

describe("gitlab-ci.yml", () => {
  const text = read("gitlab-ci.yml");
  const pipeline: Readonly<Record<string, Readonly<Record<string, unknown>>>> = parse(text);

  it("is what GitLab allows", () => expectValid(isGitlab, pipeline));

  it.each([
    ["an unknown key", { when_failed: true }],
    ["an exit code that is none", { allow_failure: { exit_codes: ["three"] } }],
    ["a time that is a list", { timeout: [30] }],
  ])("is refused with %s", (_, wrong) =>
    expect(isGitlab({ ...pipeline, soak: { ...pipeline["soak"], ...wrong } })).toBe(false),
  );

  it("has commands that there are", async () => {
    const commands = commandsIn(texts(pipeline).join("\n"));
    expect(commands.map(([name]) => name)).toEqual(["run", "history", "nightly"]);
    for (const words of commands) await parseOnly(words);
  });

  it("keeps what there is however a job ends, and warns where nothing was decided", () => {
    for (const job of ["soak", "nightly"]) {
      expect(pipeline[job]).toMatchObject({
        artifacts: { when: "always" },
        allow_failure: { exit_codes: [3] },
      });
    }
  });
});

describe("systemd", () => {
  const names = ["watertight-nightly.service", "watertight-nightly.timer"];
  const can = has("systemd-analyze");

  it.skipIf(!can)(`has units that systemd takes${can ? "" : " (it is not installed)"}`, () => {
    for (const name of names) writeFileSync(join(temporary, name), read(`systemd/${name}`));
    expect(verified(names)).toEqual({ status: 0, said: "" });
    const wrong = read("systemd/watertight-nightly.service").replace("KillMode=mixed", "KillMode=gently");
    writeFileSync(join(temporary, "watertight-nightly.service"), wrong);
    expect(verified(names).said).toContain("kill mode");
  });

  it("has a command that there is", async () => {
    const [words, ...others] = commandsIn(read("systemd/watertight-nightly.service"));
    expect([words?.[0], others]).toEqual(["nightly", []]);
    await parseOnly(words ?? []);
  });
});

function verified(names: readonly string[]): { readonly status: number | null; readonly said: string } {
  const paths = names.map((name) => join(temporary, name));
  const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...paths], {
    encoding: "utf8",
  });
  // Of the machine, not of the units.
  const said = stderr.split("\n").filter((line) => line.includes(temporary) || line.includes("watertight"));
  return { status, said: said.join("\n") };
}

describe("kubernetes-cronjob.yaml", () => {
  const text = read("kubernetes-cronjob.yaml");
  const job: { readonly spec: object } = parse(text);

  it("is what Kubernetes allows", () => expectValid(isCronJob, job));

  it.each([
    ["an unknown key", { shedule: "* * * * *" }],
    ["a wrong type", { suspend: "no" }],
    ["a job without a pod", { jobTemplate: { spec: { backoffLimit: 0 } } }],
    ["an unknown key deep in it", { jobTemplate: { spec: { template: { spec: { container: [] } } } } }],
  ])("is refused with %s", (_, wrong) =>
    expect(isCronJob({ ...job, spec: { ...job.spec, ...wrong } })).toBe(false),
  );

  it("has a command that there is", async () => {
    const commands = commandsIn(texts(job).join("\n"));
    expect(commands.map(([name]) => name)).toEqual(["nightly"]);
    for (const words of commands) await parseOnly(words);
  });
});

describe("docs/guides/ci.md", () => {
  const page = readFileSync(join(home, "docs/guides/ci.md"), "utf8");
  const told = commandsIn(
    blocksOf(page)
      .map(({ text }) => text)
      .join("\n"),
  );

  it("shows the commands of the workflows, word by word", () => {
    const [soak] = commandsIn(texts(parse(read("github-soak.yml"))).join("\n"));
    const [night] = commandsIn(texts(parse(read("github-nightly.yml"))).join("\n"));
    expect(told.slice(0, 2)).toEqual([soak, night]);
  });

  it("shows commands that there are", async () => {
    for (const words of told) await parseOnly(words);
  });

  it("tells of every file", () => {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.\w+$/.test(name),
    );
    expect(files.filter((name) => !page.includes(`(../examples/ci/${name})`))).toEqual([]);
  });
});
