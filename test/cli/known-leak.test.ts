import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import type { ReportDocument } from "../../src/report/json.js";
import { cleanUpAfterEach, tempFolder, tool, verdictsOf } from "./rig.js";

cleanUpAfterEach();

const scenario = resolve("test/fixtures/known-leaks/multer.yaml");

async function runWith(command: readonly string[]): Promise<ReportDocument> {
  const words = ["run", scenario, "--reporter", "json", "--no-progress", "--out", join(tempFolder(), "out")];
  const { stdout } = await tool([...words, ...command]);
  return JSON.parse(stdout) as ReportDocument;
}

// https://github.com/expressjs/multer/pull/971, an unmodified release from npm.
it("finds the fds that multer leaves at aborted uploads", { timeout: 90_000 }, async () => {
  const report = await runWith([]);
  expect(verdictsOf(report)).toMatchObject({ fds: "fail", tasks: "pass", processes: "pass" });
  expect(report.scenarios[0]?.findings[0]?.summary).toMatch(/^36 file descriptors were left/);
});

it("passes the release that closes them", { timeout: 90_000 }, async () => {
  const report = await runWith(["--", "node", "multer-server.cjs", "{port}", "multer-fixed"]);
  expect(verdictsOf(report)).toMatchObject({ fds: "pass", tasks: "pass", processes: "pass" });
});
