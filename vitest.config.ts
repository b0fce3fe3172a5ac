import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", "./test/support/closing-reporter.ts"],
    // Real processes and sockets: most of the time is waiting, so three files at a time keep two cores busy without starving them.
    maxWorkers: 3,
    // No test reads or keeps what a self-test proved, nor do the programs that it starts: this can be no folder.
    // And none is a step of a workflow, wherever they run.
    env: { XDG_STATE_HOME: "/dev/null/state", GITHUB_ACTIONS: "" },
    maxConcurrency: 2,
    // Of 6,600 tests on a busy machine one may come too late. It is tried once more, and named at the end.
    retry: process.env["CI"] === "true" ? 1 : 0,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    coverage: { include: ["src/**"], reporter: ["text-summary"] },
  },
});
