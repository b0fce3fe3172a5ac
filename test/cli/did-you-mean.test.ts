import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cleanUpAfterEach, tempFolder, tool } from "./rig.js";

cleanUpAfterEach();

/** What is typed wrong, and what the fix names. */
const typos: readonly (readonly [string, string])[] = [
  // commands, and commands of commands
  ["rnu", "run"],
  ["inti", "init"],
  ["docter", "doctor"],
  ["explian", "explain"],
  ["scenario lnt my-server.yaml", "lint"],
  ["help jugde", "judge"],
  // options, also of commands of commands
  ["run --qiuck", "--quick"],
  ["init --fource", "--force"],
  ["doctor --no-cosst", "--no-cost"],
  ["scenario format --chekc my-server.yaml", "--check"],
  ["watch --prot 80", "--port"],
  // choices
  ["plan --reporter jsno", "json"],
  ["completion zshh", "zsh"],
  // scenarios that are shipped, and files that are here
  ["run goos-churn", "goose-churn"],
  ["plan websocktd", "gateways/websocketd"],
  ["run my-sever.yaml", "my-server.yaml"],
  ["plan my-serv", "my-server.yaml"],
  ["scenario lint my-server.yml", "my-server.yaml"],
  ["run scenarios/othr.yaml", "scenarios/other.yaml"],
  ["run othr.yaml", "scenarios/other.yaml"],
  ["run conect-churn", "connect-churn"],
  // plants, reporters, criteria
  ["run --plant zombi", "zombie"],
  ["gateway --plant pti", "pty"],
  ["selftest --plants fd,zomby", "zombie"],
  ["run my-server.yaml --reporter jnuit", "junit"],
  // records
  ["judge reports/2026-11-23", "reports/2026-11-23T10-00-00-goose-churn"],
  ["judge 2026-11-23T10-00-00-goose-chrun", "reports/2026-11-23T10-00-00-goose-churn"],
  ["report reports/2026-11-24T10-00-00-goose-churn", "reports/2026-11-23T10-00-00-goose-churn"],
  // words of the manual
  ["explain zombeis", "zombies"],
  ["explain inconclusiv", "inconclusive"],
  ["explain clos_wait", "CLOSE_WAIT"],
  ["explain file discriptor", "file descriptor"],
];

describe("did you mean", () => {
  it.each(typos)("watertight %s: %s", async (typed, meant) => {
    const cwd = tempFolder();
    writeFileSync(join(cwd, "my-server.yaml"), "flows: {a: {steps: [connect, close]}}\n");
    mkdirSync(join(cwd, "scenarios"));
    writeFileSync(join(cwd, "scenarios/other.yaml"), "flows: {a: {steps: [connect, close]}}\n");
    mkdirSync(join(cwd, "reports/2026-11-23T10-00-00-goose-churn"), { recursive: true });
    const { code, stdout, stderr } = await tool(typed.split(" "), { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(new RegExp(`did you mean \`?${escaped(meant)}\`?( or [\\w-]+)?\\?`, "i"));
  });

  it("is silent where nothing is near", async () => {
    for (const typed of ["explain bicycle", "run nothing-of-the-kind.yaml", "judge xyzzy", "frobnicate"]) {
      const { code, stderr } = await tool(typed.split(" "), { cwd: tempFolder() });
      expect(code).toBe(2);
      expect(stderr).not.toMatch(/did you mean/i);
    }
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
