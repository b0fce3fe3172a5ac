// Every plant in its scenario, with a second pass: the finding names a flow that leaks, an operation that really left
// it, by the plant's own log, and a line of the plant's own code. Words: these plants.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { plantings } from "../../dist/selftest/plantings.js";
import { runTool, tempFolder } from "./lib.js";

const wanted = process.argv.slice(2);
const folder = tempFolder();
const rows = [];
for (const { plant, scenario } of plantings) {
  if (wanted.length > 0 && !wanted.includes(plant)) continue;
  const out = join(folder, plant);
  const words = ["run", scenario, "--plant", plant, "--why", "--out", out];
  const { code, stdout, stderr } = await runTool([...words, "--reporter", "json", "--no-progress"]);
  if (code !== 1) console.log(stderr || stdout);
  rows.push(
    code === 1 ? rowOf(plant, JSON.parse(stdout).scenarios[0], out) : { plant, named: false, exit: code },
  );
}
rmSync(folder, { recursive: true });
console.table(rows);
const named = rows.filter((row) => row.named).length;
const least = wanted.length > 0 ? rows.length : rows.length - 1;
console.log(`${named} of ${rows.length} plants named`);
process.exitCode = named >= least ? 0 : 1;

/** One finding that has it all will do: a plant may have several. */
function rowOf(plant, { findings, notes }, out) {
  const first = recordIn(out);
  const guilty = guiltyIn(plant, out, first);
  const why = join(out, "why");
  const again = existsSync(why) ? guiltyIn(plant, why, recordIn(why)) : guilty;
  const seen = findings.map((finding) => namedBy(finding, plant, { guilty, again }));
  const best = seen.toSorted((a, b) => score(b) - score(a))[0] ?? {};
  if (score(best) < 3) console.log(`${plant}: ${notes.join("; ")}`);
  return { plant, named: score(best) === 3, ...best, ...costOf(first, join(out, "why"), guilty) };
}

function score({ flow = "", operation = "", at = "" }) {
  return [flow, operation, at].filter((text) => text.startsWith("ok")).length;
}

/** The operations whose sessions the plant says that it left something of, by their ports. */
function guiltyIn(plant, out, { operations }) {
  const byPort = new Map();
  for (const operation of operations)
    for (const port of operation.localPorts) byPort.set(port, [...(byPort.get(port) ?? []), operation]);
  const log = readFileSync(join(out, "target.stderr.log"), "utf8");
  const ports = [...log.matchAll(new RegExp(`^plant ${plant}: session=\\S+ port=(\\d+)`, "gm"))];
  const guilty = ports.flatMap(([, port]) => byPort.get(Number(port)) ?? []);
  return { flows: new Set(guilty.map(({ flow }) => flow)), ids: new Set(guilty.map(({ id }) => id)) };
}

function namedBy({ flows, by, origin }, plant, { guilty, again }) {
  const examples = by?.examples ?? [];
  const named = [...new Set([...flows, ...examples].map(({ flow }) => flow))];
  const inSecond = examples.some(({ because }) => because.startsWith("in the second pass"));
  const operations = examples.map(({ operation }) => operation);
  return {
    flow: told(named, (flow) => guilty.flows.has(flow)),
    operation:
      told(operations, (id) => (inSecond ? again : guilty).ids.has(id)) + (inSecond ? " (second pass)" : ""),
    at: `${isInPlant(origin, plant) ? "ok" : "NOT"} ${placeOf(origin)}`,
  };
}

/** The line of the plant's file where it was made; of what is made elsewhere, the one that holds it. */
function isInPlant(origin, plant) {
  const file = `src/gateway/plants/${plant}.ts`;
  const isMade =
    origin?.at.startsWith("src/gateway/plants/") && origin.stack.some((frame) => frame.file === file);
  return isMade || new RegExp(`\\(${file}:\\d+\\)`).test(origin?.retainedBy ?? "");
}

function placeOf(origin) {
  if (!origin) return "nowhere";
  const { at, seen, of, retainedBy } = origin;
  return `${at} (${seen}/${of})${retainedBy && !at.includes("/plants/") ? ` held by ${retainedBy}` : ""}`;
}

function told(names, isRight) {
  if (names.length === 0) return "none";
  return `${names.every(isRight) ? "ok" : "WRONG"} ${names.join(" ")}`;
}

/** The load of the second pass with what ran alone, and all of it, as a share of what the guilty flows took of the first. */
function costOf(first, folder, { flows }) {
  if (!existsSync(join(folder, "record.ndjson"))) return {};
  const second = recordIn(folder);
  const ran = new Set(second.operations.map(({ flow }) => flow));
  const theirs = first.operations.filter(({ batch, flow, tail }) => batch > 0 && !tail && ran.has(flow));
  const all = first.operations.filter(({ batch, tail }) => batch > 0 && !tail);
  const share = spent(theirs) / spent(all);
  const right = [...ran].every((flow) => flows.has(flow)) ? "" : " (and others)";
  return {
    share: share.toFixed(2),
    ran: `${ran.size} flows${right}`,
    load: ratio(second.loadMs + second.tailMs, share * first.loadMs),
    whole: ratio(second.wholeMs, share * first.wholeMs),
  };
}

function ratio(a, b) {
  return `${(a / 1000).toFixed(1)} s, ${(a / b).toFixed(2)} times`;
}

function spent(operations) {
  return operations.reduce((sum, { startedAtMs, endedAtMs }) => sum + endedAtMs - startedAtMs, 0);
}

function recordIn(folder) {
  const lines = readFileSync(join(folder, "record.ndjson"), "utf8").trim().split("\n");
  const record = lines.map((line) => JSON.parse(line));
  const snapshots = record.filter(({ type }) => type === "snapshot");
  const at = (phase) => snapshots.findLast((snapshot) => snapshot.phase === phase)?.atMs ?? Number.NaN;
  const tail = snapshots.filter(({ phase }) => phase === "tail");
  return {
    operations: record.filter(({ type }) => type === "operation"),
    loadMs: at("batch") - at("baseline"),
    tailMs: tail.length === 0 ? 0 : tail.at(-1).atMs - tail[0].atMs,
    wholeMs: record.at(-1).atMs - record[0].startedAtMs,
  };
}
