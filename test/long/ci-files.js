// npm run soak:ci-files: the jobs of docs/examples/ci/github-*.yml, run as a runner runs them, in fresh projects that have
// installed the packed product: pull requests that are well, that leak, that cannot be decided; and two nights.
import { rmSync } from "node:fs";
import { twoNights } from "./ci/nights.js";
import { packed } from "./ci/project.js";
import { pullRequests } from "./ci/pull-request.js";
import { tempFolder } from "./lib.js";

const folder = tempFolder();
let wrong = 0;
try {
  const tarball = packed(folder);
  for (const { name, jobs, checks } of [
    ...pullRequests({ folder, tarball }),
    ...twoNights({ folder, tarball }),
  ]) {
    const found = Object.entries(checks).flatMap(([what, holds]) => (holds ? [] : [what]));
    wrong += found.length;
    console.log(`${found.length === 0 ? "ok   " : "WRONG"}  ${name}: ${Object.keys(checks).length} checks`);
    for (const [job, { done }] of Object.entries(jobs)) {
      for (const { step, result } of done) console.log(`         ${result.padEnd(8)} ${job}: ${step}`);
    }
    for (const what of found) console.log(`       not so: ${what}`);
    if (found.length > 0) for (const { log } of Object.values(jobs)) console.log(log);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = wrong > 0 ? 1 : 0;
