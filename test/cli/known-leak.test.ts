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
  const report = await runWith(["--why"]);
  expect(verdictsOf(report)).toMatchObject({ fds: "fail", tasks: "pass", processes: "pass" });
  const [finding] = report.scenarios[0]?.findings ?? [];
  expect(finding?.summary).toMatch(/^\d+ file descriptors were left by 72 operations/);
  expect(new Set(finding?.by?.examples.map(({ flow }) => flow))).toEqual(new Set(["aborted"]));
  // `var outStream = fs.createWriteStream(finalPath)`, which nothing closes.
  expect(finding?.origin?.at).toBe("node_modules/multer-leaky/storage/disk.js:38");
});

it("passes the release that closes them", { timeout: 90_000 }, async () => {
  const report = await runWith(["--", "node", "multer-server.cjs", "{port}", "multer-fixed"]);
  expect(verdictsOf(report)).toMatchObject({ fds: "pass", tasks: "pass", processes: "pass" });
});
