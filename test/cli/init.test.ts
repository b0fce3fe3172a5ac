import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { initCommand } from "../../src/cli/init/init.js";
import type { Ask } from "../../src/cli/init/init-answers.js";
import { Problem } from "../../src/model/problem.js";
import { parseScenario } from "../../src/scenario/parse.js";
import { fakeHost } from "./fake-host.js";
import { cleanUpAfterEach, tempFolder, tool } from "./rig.js";

cleanUpAfterEach();

/** A server without dependencies, on a port of its own choosing where `told` is false. */
function nodeServer(port = "process.env.PORT"): string {
  const cwd = tempFolder();
  writeFileSync(join(cwd, "package.json"), JSON.stringify({ scripts: { start: "node server.js" } }));
  writeFileSync(
    join(cwd, "server.js"),
    `const http = require("node:http");
http.createServer((request, response) => {
  if (request.url === "/healthz") return response.end("ok");
  response.writeHead(404).end();
}).listen(${port}, "127.0.0.1");
`,
  );
  return cwd;
}

const job = ".github/workflows/soak.yml";

describe("watertight init", () => {
  it("writes a scenario and a CI job, and tries them", async () => {
    const cwd = nodeServer();
    const { code, stdout, stderr } = await tool(["init", "--yes"], { cwd });
    expect(stdout).toContain("wrote   watertight.yaml, .github/workflows/soak.yml\n");
    expect(stdout).toContain("tried   the server was started, and 6 sessions did what they should\n");
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "trying it: a few sessions on a server of its own\n",
    });
    const text = readFileSync(join(cwd, "watertight.yaml"), "utf8");
    expect(text.split("\n")[0]).toMatch(/^# yaml-language-server: \$schema=/);
    const { target } = parseScenario(text, join(cwd, "watertight.yaml"));
    expect(target).toMatchObject({ command: ["node", "server.js"], env: { PORT: "{port}" } });
    expect(parse(readFileSync(join(cwd, job), "utf8"))).toMatchObject({
      jobs: { soak: { "timeout-minutes": 15 } },
    });
    expect((await tool(["scenario", "lint", "watertight.yaml"], { cwd })).stdout).toBe(
      "1 file, no mistake, no warning\n",
    );
    expect((await tool(["scenario", "format", "--check", "watertight.yaml"], { cwd })).code).toBe(0);
  });

  it("says what is missing, and writes the scenario all the same", async () => {
    const cwd = tempFolder();
    writeFileSync(join(cwd, "server.js"), 'require("no-such-package").listen(3000)\n');
    const { code, stdout } = await tool(["init", "--yes"], { cwd });
    expect(code).toBe(3);
    expect(stdout).toContain("missing no-such-package is not installed: npm install\n");
    expect(existsSync(join(cwd, "watertight.yaml"))).toBe(true);
  });

  it("writes nothing where there is nothing to start", async () => {
    const cwd = tempFolder();
    const { code, stderr } = await tool(["init"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain("no terminal to ask at: what was seen is taken, as with --yes\n");
    expect(stderr).toContain("watertight init --template");
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("never writes over what is there, unless it is told to", async () => {
    const cwd = nodeServer();
    writeFileSync(join(cwd, "watertight.yaml"), "mine");
    const refused = await tool(["init", "--yes"], { cwd });
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toContain("watertight.yaml is there already");
    expect(readFileSync(join(cwd, "watertight.yaml"), "utf8")).toBe("mine");
    expect((await tool(["init", "--yes", "--force", "--no-try"], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, "watertight.yaml"), "utf8")).toContain("node server.js");
  });

  it("keeps a CI job that is there", async () => {
    const cwd = nodeServer();
    mkdirSync(join(cwd, ".github/workflows"), { recursive: true });
    writeFileSync(join(cwd, job), "mine");
    expect((await tool(["init", "--yes", "--no-try"], { cwd })).stdout).toContain(`kept    ${job}`);
    expect(readFileSync(join(cwd, job), "utf8")).toBe("mine");
  });

  it("writes both files or none", async () => {
    const cwd = nodeServer();
    // A file stands where the folder of the CI job has to be.
    writeFileSync(join(cwd, ".github"), "");
    const { code, stderr } = await tool(["init", "--yes", "--no-try"], { cwd });
    expect(code).toBe(4);
    expect(stderr).toContain("none of them is there");
    expect(readdirSync(cwd).sort()).toEqual([".github", "package.json", "server.js"]);
  });

  it("gives GitLab a file of its own to include", async () => {
    const cwd = nodeServer();
    writeFileSync(join(cwd, ".gitlab-ci.yml"), "stages: [test]\n");
    expect((await tool(["init", "--yes", "--no-try"], { cwd })).stdout).toContain(
      "include: [{local: .gitlab/soak.yml}]",
    );
    expect(readFileSync(join(cwd, ".gitlab-ci.yml"), "utf8")).toBe("stages: [test]\n");
    expect(parse(readFileSync(join(cwd, ".gitlab/soak.yml"), "utf8"))).toMatchObject({
      soak: { image: "node:22" },
    });
  });

  it("says of Compose how it is driven", async () => {
    const cwd = tempFolder();
    writeFileSync(join(cwd, "compose.yaml"), 'services: {web: {image: nginx, ports: ["8080:80"]}}\n');
    const { code, stdout } = await tool(["init", "--yes"], { cwd });
    expect(code).toBe(3);
    expect(stdout).toContain("docker compose up --detach --wait");
    expect(readFileSync(join(cwd, "watertight.yaml"), "utf8")).toContain("--attach port:8080");
  });

  it("gives a demo where there is no server", async () => {
    const cwd = tempFolder();
    const { code, stdout } = await tool(["init", "--template"], { cwd });
    expect(stdout).toContain("tried   the server was started, and");
    expect(code).toBe(0);
  });
});

describe("at a terminal", () => {
  const words = { try: false } as const;

  it("asks four questions, with what was seen as their defaults", async () => {
    const cwd = nodeServer();
    const asked: (string | undefined)[] = [];
    const replies = ["node server.js", "HTTP_PORT", "websocket /live", "300"];
    const ask: Ask = async (question) => {
      asked.push(question.default);
      const reply = replies[asked.length - 1] ?? "";
      expect(question.wrong(reply)).toBeUndefined();
      return reply;
    };
    const { host } = fakeHost({ cwd });
    expect(await initCommand({ dir: ".", words, host, askHere: async () => ask })).toBe(0);
    expect(asked).toEqual(["node server.js", "PORT", "http /healthz", "120"]);
    const text = readFileSync(join(cwd, "watertight.yaml"), "utf8");
    expect(text).toContain('env: {HTTP_PORT: "{port}"}');
    expect(text).toContain("- connect: /live");
    expect(text).toContain("sessionsPerHour: 300");
  });

  it("leaves nothing behind when the reader leaves", async () => {
    const cwd = nodeServer();
    const { host } = fakeHost({ cwd });
    const leave: Ask = async () => {
      throw new Problem({ what: "interrupted: nothing is written" }, 130);
    };
    await expect(initCommand({ dir: ".", words, host, askHere: async () => leave })).rejects.toThrow(
      "nothing is written",
    );
    expect(readdirSync(cwd).sort()).toEqual(["package.json", "server.js"]);
  });

  it.each(['a "quoted" # name', "--- !!js/function", "x: [y", "line\nbreak"])(
    "takes %j as it is",
    async (command) => {
      const cwd = tempFolder();
      const { host } = fakeHost({ cwd });
      const replies = [command, "PORT", "http /", "60"];
      const ask: Ask = async () => replies.shift() ?? "";
      await initCommand({ dir: ".", words, host, askHere: async () => ask }).catch((error: unknown) => {
        // A command line that no shell could split is refused as such, before anything is written.
        expect(error).toBeInstanceOf(Problem);
        rmdirSync(cwd);
        mkdirSync(cwd);
      });
      if (!existsSync(join(cwd, "watertight.yaml"))) return;
      const text = readFileSync(join(cwd, "watertight.yaml"), "utf8");
      expect(parse(text)).toMatchObject({ target: { command } });
    },
  );
});
