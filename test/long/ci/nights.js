import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { commitAll, git, home, projectIn, tooShort } from "./project.js";
import { runJob } from "./runner.js";

const workflow = join(home, "docs/examples/ci/github-nightly.yml");
const branch = "watertight-history";

/** Two nights: the first is well and finds no history, in the second the server leaks. */
export function twoNights({ folder, tarball }) {
  const author = projectIn(join(folder, "author"), { server: "echoes.mjs", criteria: tooShort, tarball });
  const origin = join(folder, "origin.git");
  git(folder, "clone", "--quiet", "--bare", author, origin);
  const first = night({ folder: join(folder, "first"), origin, store: join(folder, "store") });
  cpSync(join(home, "test/fixtures/cli/leaks-fd.mjs"), join(author, "server.mjs"));
  commitAll(author, "A leak");
  git(author, "push", "--quiet", origin, "main");
  const second = night({ folder: join(folder, "second"), origin, store: join(folder, "store") });
  const links = [...second.page.matchAll(/href="\.\/([^"]+report\.html)"/g)].map(([, path]) => path);
  return [
    {
      name: "nightly, the first night",
      jobs: first.jobs,
      checks: {
        "it is green": Object.values(first.jobs).every(({ failed }) => !failed),
        "its run is on the branch": first.runs === 1,
        "the branch has nothing else": first.files.every((name) => name.endsWith(".ndjson")),
      },
    },
    {
      name: "nightly, the second night, with a leak",
      jobs: second.jobs,
      checks: {
        "only the verdict is red": Object.entries(second.jobs).every(
          ([job, { failed }]) => failed === (job === "verdict"),
        ),
        "both runs are on the branch": second.runs === 2,
        "the page says what is new": second.page.includes("leaks ("),
        "every link leads to a page that is there": links.every((path) =>
          existsSync(join(folder, "store/site", path)),
        ),
      },
    },
  ];
}

function night({ folder, origin, store }) {
  const needs = {};
  const jobs = {};
  for (const job of ["nightly", "keep", "publish", "verdict"]) {
    const workspace = join(folder, job);
    git(".", "clone", "--quiet", origin, workspace);
    jobs[job] = runJob(workflow, job, {
      workspace,
      temp: join(folder, `${job}-runner`),
      store,
      origin,
      needs,
    });
    needs[job] = { ...jobs[job].outputs };
  }
  const files = git(origin, "ls-tree", "-r", "--name-only", branch).trim().split("\n");
  const entries = files.flatMap((file) => git(origin, "show", `${branch}:${file}`).split("\n"));
  const page = join(store, "site/index.html");
  return {
    jobs,
    files,
    runs: entries.filter((line) => line.includes('"night":')).length,
    page: existsSync(page) ? readFileSync(page, "utf8") : "",
  };
}
