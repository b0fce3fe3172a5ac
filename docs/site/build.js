// npm run docs:site: builds the documentation into ./site, or into the folder that is named. Any warning ends it with 1.
// mkdocs is taken from the PATH, or from MKDOCS=/path/to/mkdocs: pip install -r docs/site/requirements.txt
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const config = fileURLToPath(new URL("mkdocs.yml", import.meta.url));
const [folder = "site"] = process.argv.slice(2);
const mkdocs = process.env["MKDOCS"] ?? "mkdocs";
const words = ["build", "--strict", "--clean", "-f", config, "-d", resolve(folder)];
const { status, error } = spawnSync(mkdocs, words, { stdio: "inherit" });
if (error)
  console.error(`cannot start ${mkdocs}: ${error.message}\n  fix: pip install -r docs/site/requirements.txt`);
process.exitCode = status ?? 4;
