// Every scenario of scenarios/gateways against its server: installs what it can, says what it could not, and compares
// the verdict with the one that the scenario's comment states. Words: --quick, --only NAME (again and again), --cache DIR.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readComment } from "./gateways/comment.js";
import { installer } from "./gateways/install.js";
import { runTool, tempFolder } from "./lib.js";

const folder = fileURLToPath(new URL("../../scenarios/gateways", import.meta.url));
const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string", multiple: true },
    cache: {
      type: "string",
      default: join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "watertight-gateways"),
    },
  },
});
const known = readdirSync(folder).flatMap((file) =>
  file.endsWith(".yaml") ? [basename(file, ".yaml")] : [],
);
const unknown = (values.only ?? []).filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`no gateway ${unknown.join(", ")}; there are: ${known.join(", ")}`);
  process.exit(2);
}

mkdirSync(values.cache, { recursive: true });
const { env, install } = installer(values.cache, folder);
process.env.PATH = env.PATH;
const out = tempFolder();
const rows = [];
for (const name of values.only ?? known) {
  const row = await rowOf(name);
  console.log(`${name}: ${row.verdict}${row.right ? "" : ` (its comment says ${row.stated})`}`);
  rows.push(row);
}
rmSync(out, { recursive: true });

console.log("\n| server | version | operations | criteria | verdict | found |\n|---|---|---|---|---|---|");
for (const { name, version, operations, criteria, verdict, found } of rows)
  console.log(`| ${[name, version, operations, criteria, verdict, found].join(" | ")} |`);
const measured = rows.filter(({ measured }) => measured);
const wrong = rows.filter(({ right }) => !right);
console.log(
  `\n${measured.length} of ${rows.length} servers measured; ${wrong.length} with another verdict than stated`,
);
process.exitCode = wrong.length > 0 ? 1 : measured.length > 0 ? 0 : 3;

async function rowOf(name) {
  const comment = readComment(readFileSync(join(folder, `${name}.yaml`), "utf8"));
  const stated = told(comment.verdict, comment.failing);
  const why = firstOf(comment.install, install);
  if (why !== undefined) return missing({ name, stated, why });
  const words = ["run", `gateways/${name}`, "--no-progress", "--no-why", "--reporter", "json"];
  if (values.quick) words.push("--quick");
  const { stdout, stderr } = await runTool([...words, "--out", join(out, name)]);
  if (stdout === "") return { ...missing({ name, stated, why: stderr.trim() }), right: false };
  const [scenario] = JSON.parse(stdout).scenarios;
  const failing = scenario.criteria.filter((one) => one.verdict === "fail").map(({ id }) => id);
  const verdict = told(scenario.verdict, failing);
  const version = versionBy(comment.versionCommand);
  return { name, stated, ...cellsOf(scenario), version, verdict, right: verdict === stated, measured: true };
}

function missing({ name, stated, why }) {
  const rest = { version: "–", operations: "–", criteria: "–", found: why.replaceAll("\n", "; ") };
  return { name, stated, ...rest, verdict: "not measured", right: true, measured: false };
}

function cellsOf({ operations, criteria, findings, broke }) {
  const ids = (wanted) => criteria.filter(({ verdict }) => verdict === wanted).map(({ id }) => id);
  const groups = ["fail", "inconclusive", "unchecked", "pass", "dropped"].flatMap((verdict) =>
    ids(verdict).length === 0 ? [] : [`${verdict}: ${ids(verdict).join(" ")}`],
  );
  return {
    operations: operations.landed,
    criteria: groups.join("; "),
    found: broke ?? (findings.map(({ resource }) => resource).join("; ") || "–"),
  };
}

function told(verdict, failing) {
  return failing.length === 0 ? verdict : `${verdict} (${failing.join(", ")})`;
}

function versionBy(line) {
  const { stdout, stderr } = spawnSync("sh", ["-c", line], { env, cwd: folder, encoding: "utf8" });
  return /\d+(\.\d+)+/.exec(`${stdout}${stderr}`)?.[0] ?? "?";
}

function firstOf(lines, find) {
  for (const line of lines) {
    const found = find(line);
    if (found !== undefined) return found;
  }
  return undefined;
}
