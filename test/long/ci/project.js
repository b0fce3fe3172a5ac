import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const home = fileURLToPath(new URL("../../..", import.meta.url));

/** @returns the path of the product as it would be published. */
export function packed(folder) {
  const words = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
  return join(folder, execFileSync("npm", words, { cwd: home, encoding: "utf8" }).trim());
}

export const tooShort = { memory: { drop: "too short a run to tell" } };

/** A repository with a server, a scenario, a suite, and the packed product among its devDependencies. @returns its path. */
export function projectIn(folder, { server, criteria, tarball }) {
  mkdirSync(folder, { recursive: true });
  for (const file of [server, "serve.mjs"]) {
    cpSync(join(home, "test/fixtures/cli", file), join(folder, file === server ? "server.mjs" : file));
  }
  const devDependencies = { watertight: `file:${tarball}` };
  const project = {
    name: "project",
    private: true,
    type: "module",
    dependencies: { ws: "^8" },
    devDependencies,
  };
  const scenario = {
    name: "soak",
    target: { command: "node server.mjs {port}" },
    flows: { echo: { steps: [{ connect: "/" }, { send: "hello" }, { expect: "hello" }, "close"] } },
    load: { operations: 60, maxOperations: 60, batch: 10, concurrency: 5, warmup: 10 },
    settle: { quiet: "50ms", within: "2s" },
    drain: "100ms",
    criteria,
    probes: { node: "off" },
  };
  const suite = { name: "project, nightly", targets: { project: {} }, scenarios: ["soak.yaml"] };
  const write = (name, content) => writeFileSync(join(folder, name), JSON.stringify(content));
  write("package.json", project);
  write("soak.yaml", scenario);
  write("nightly.yaml", suite);
  writeFileSync(join(folder, ".gitignore"), "node_modules\n");
  execFileSync("npm", ["install", "--package-lock-only", "--silent", "--no-audit", "--no-fund"], {
    cwd: folder,
  });
  git(folder, "init", "--quiet", "--initial-branch", "main");
  commitAll(folder, "A server");
  return folder;
}

export function commitAll(folder, message) {
  git(folder, "add", "--all");
  git(folder, "-c", "user.name=a", "-c", "user.email=a@localhost", "commit", "--quiet", "--message", message);
}

export function git(folder, ...words) {
  return execFileSync("git", words, { cwd: folder, encoding: "utf8" });
}
