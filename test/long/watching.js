// npm run soak:watch: a watch under somebody else's load. On a server that leaks it names what grows within two minutes,
// and fails; on one that does not it says nothing, and passes with its power; of memory a server that was just started may leave it
// open. Exits 1 where it does otherwise.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../bin/watertight.js", import.meta.url));
const fixture = (name) => fileURLToPath(new URL(`../fixtures/long/${name}`, import.meta.url));
const watchFor = process.argv[2] ?? "10m";
const namedWithinMs = 120_000;

const folder = mkdtempSync(join(tmpdir(), "watertight-watching-"));
const outcomes = await Promise.all([watched("leaky"), watched("clean")]);
rmSync(folder, { recursive: true });
const [leaky, clean] = outcomes;
const isRight =
  leaky.code === 1 &&
  leaky.named.some(({ text, atMs }) => text.startsWith("fds grow: ") && atMs <= namedWithinMs) &&
  clean.named.length === 0 &&
  clean.criteria.every(
    ({ id, verdict }) => verdict === "pass" || (id === "memory" && verdict === "inconclusive"),
  );
process.exitCode = isRight ? 0 : 1;

async function watched(kind) {
  const server = spawn(process.execPath, [fixture("drips.mjs"), kind], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = Number(String((await once(server.stdout, "data"))[0]));
  const load = spawn(process.execPath, [fixture("asks.mjs"), String(port)], { stdio: "ignore" });
  const out = join(folder, kind);
  const words = [
    "watch",
    "--port",
    String(port),
    "--for",
    watchFor,
    "--out",
    out,
    "--reporter",
    "json",
    "--no-progress",
  ];
  const sinceMs = performance.now();
  const watch = spawn(process.execPath, [bin, ...words], { stdio: ["ignore", "ignore", "pipe"] });
  const named = [];
  watch.stderr.setEncoding("utf8").on("data", (text) => {
    for (const line of text.split("\n"))
      if (/ grows?: /.test(line)) named.push({ text: line, atMs: performance.now() - sinceMs });
  });
  const [code] = await once(watch, "exit");
  for (const child of [load, server]) child.kill("SIGKILL");
  const { scenarios } = JSON.parse(readFileSync(join(out, "report.json"), "utf8"));
  console.log(`${kind}: exit ${code}`);
  for (const { text, atMs } of named) console.log(`  after ${Math.round(atMs / 1000)} s: ${text}`);
  for (const { id, verdict, reason } of scenarios[0].criteria) console.log(`  ${id} ${verdict}: ${reason}`);
  return { code, named, criteria: scenarios[0].criteria };
}
