// Carries out the `# Install:` lines of the scenarios, below a cache folder where the package manager lets us choose.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Downloading and building, of one line. */
const withinMs = 900_000;

/** @param cache a folder outside of the repository, kept from run to run. */
export function installer(cache, folder) {
  const bins = ["venv/bin", "npm/bin", "go/bin"].map((bin) => join(cache, bin));
  const env = {
    ...process.env,
    PATH: [...bins, process.env.PATH].join(delimiter),
    GOBIN: join(cache, "go/bin"),
    GOFLAGS: "-buildvcs=false",
    DEBIAN_FRONTEND: "noninteractive",
  };
  const run = (program, ...words) => {
    const { status, error, stderr } = spawnSync(program, words, {
      env,
      cwd: folder,
      timeout: withinMs,
      encoding: "utf8",
    });
    return status === 0 ? undefined : reasonOf(program, error, stderr);
  };
  const ways = {
    apt: aptWith(run),
    pip: pipWith(run, cache),
    npm: npmWith(run, cache),
    go: (w) => run("go", ...w),
  };
  /** Why it could not be installed; undefined = it was. */
  const install = (line) => {
    const [program, ...words] = line.split(/\s+/);
    return Object.hasOwn(ways, program)
      ? ways[program](words)
      : `"${line}" begins with none of ${Object.keys(ways).join(", ")}`;
  };
  return { env, install };
}

function aptWith(run) {
  let isFresh = false;
  return ([, ...packages]) => {
    if (run("dpkg", "-s", ...packages) === undefined) return undefined;
    if (process.getuid?.() !== 0) return `as root: apt install ${packages.join(" ")}`;
    const stale = isFresh ? undefined : run("apt-get", "update", "-qq");
    isFresh = true;
    return stale ?? run("apt-get", "install", "-y", "-qq", ...packages);
  };
}

function pipWith(run, cache) {
  const venv = join(cache, "venv");
  return (words) => {
    const missing = existsSync(join(venv, "bin/pip")) ? undefined : run("python3", "-m", "venv", venv);
    return missing ?? run(join(venv, "bin/pip"), words[0], "--quiet", ...words.slice(1));
  };
}

function npmWith(run, cache) {
  return (words) => run("npm", ...words, "--prefix", join(cache, "npm"), "--no-audit", "--no-fund");
}

/** The last line that says something. */
function reasonOf(program, error, stderr) {
  const lines = (stderr ?? "").trim().split("\n");
  const said = lines.findLast((line) => /error|cannot|unable|fail/i.test(line)) ?? lines.at(-1);
  return `${program}: ${error?.code ?? said ?? "failed"}`;
}
