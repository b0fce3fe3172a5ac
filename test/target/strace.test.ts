import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../../src/model/problem.js";
import { straced } from "../../src/target/strace.js";

const installed: string[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const path of installed.splice(0)) rmSync(path, { recursive: true });
});

/** A stand-in for strace alone in PATH: what it does when it is asked for its version, and when it is to look. */
function install(version: string, look: string): void {
  const folder = mkdtempSync(join(tmpdir(), "watertight-strace-"));
  installed.push(folder);
  const path = join(folder, "strace");
  writeFileSync(path, `#!/bin/sh\nif [ "$1" = -V ]; then echo "${version}"; exit; fi\n${look}\n`);
  chmodSync(path, 0o755);
  vi.stubEnv("PATH", folder);
}

async function refused(): Promise<Problem> {
  const words = straced(["serve"], "/tmp/x");
  return words.then(
    () => Promise.reject(new Error("it was not refused")),
    (error: unknown) => (error instanceof Problem ? error : Promise.reject(error as Error)),
  );
}

const whole = "Optional features enabled: stack-trace=libunwind";

describe("the command under strace", () => {
  it("is as it was, and its calls go to the file", async () => {
    install(whole, "exit 0");
    const words = await straced(["serve", "--port", "80"], "/out/strace.out");
    expect(words[0]).toBe("strace");
    expect(words.slice(-6)).toEqual(["-o", "/out/strace.out", "--", "serve", "--port", "80"]);
    expect(words).toContain("--seccomp-bpf");
  });

  it("goes without a filter in the kernel where strace has none", async () => {
    install(whole, 'case "$*" in *--seccomp-bpf*) exit 1;; esac');
    expect(await straced(["serve"], "/out/strace.out")).not.toContain("--seccomp-bpf");
  });
});

describe("what is missing is named, with how to get it", () => {
  it("strace", async () => {
    vi.stubEnv("PATH", "/nonexistent");
    expect(await refused()).toMatchObject({ fix: "install strace", why: expect.stringContaining("ENOENT") });
  });

  it("stacks", async () => {
    install("Optional features enabled: (none)", "exit 0");
    expect((await refused()).why).toContain("without stack traces");
  });

  it("the right to look", async () => {
    install(whole, "echo 'strace: ptrace(PTRACE_TRACEME): Operation not permitted' >&2; exit 1");
    const { why, fix } = await refused();
    expect(why).toContain("Operation not permitted");
    expect(fix).toContain("CAP_SYS_PTRACE");
  });
});
