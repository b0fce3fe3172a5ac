// Two writers of one history, and kill -9 at ten random moments, with imports and prunes beside them: nothing that was
// acknowledged is lost, nothing is there twice. A figure as its first word: another number of moments.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { collect, pause, tempFolder } from "./lib.js";
import { readHistory } from "../../dist/history/folder.js";

const moments = Number(process.argv[2] ?? 10);
const bin = fileURLToPath(new URL("../../bin/watertight.js", import.meta.url));
const writer = fileURLToPath(new URL("../fixtures/history/append.mjs", import.meta.url));
const folder = tempFolder();
let wrong = 0;

for (let moment = 1; moment <= moments; moment++) {
  const history = join(folder, `history-${moment}`);
  mkdirSync(history);
  const afterMs = Math.floor(Math.random() * 2000);
  const told = await killed(history, afterMs);
  const imported = await importedAgain(history);
  const right = told.lost === 0 && told.twice === 0 && imported;
  if (!right) wrong++;
  console.log(
    `${right ? "ok " : "NOT"} both killed after ${afterMs} ms: ${told.acknowledged} acknowledged, ` +
      `${told.found} found, ${told.lost} lost, ${told.twice} twice, ${told.cut} cut lines, ${told.files} files, ` +
      `${told.pruned} prunes; imported twice: ${imported ? "the same" : "NOT the same"}`,
  );
}
rmSync(folder, { recursive: true });
console.log(`${moments - wrong} of ${moments} killings lost nothing and doubled nothing`);
process.exitCode = wrong === 0 ? 0 : 1;

/** Two writers until they are killed; every second time a prune of everything before a night that is long ago. */
async function killed(history, afterMs) {
  const writers = [0, 1].map(() =>
    spawn(process.execPath, [writer, history, "1000000"], { stdio: ["ignore", "pipe", "inherit"] }),
  );
  const said = writers.map((child) => collect(child.stdout));
  const gone = writers.map((child) => once(child, "close"));
  // Node takes its time to start: the moments are those of writing.
  while (said.some((text) => text() === "")) await pause(5);
  const until = performance.now() + afterMs;
  let pruned = 0;
  while (performance.now() < until) {
    await pause(Math.random() * 150);
    const prune = spawn(
      process.execPath,
      [bin, "history", "prune", "--before", "2000-01-01", "--history", history],
      { stdio: "ignore" },
    );
    const ended = once(prune, "close");
    await Promise.race([ended, pause(Math.max(0, until - performance.now()))]);
    // Killed at the same moment, somewhere in its work.
    prune.kill("SIGKILL");
    await ended;
    pruned++;
  }
  for (const child of writers) child.kill("SIGKILL");
  await Promise.all(gone);
  const acknowledged = said.flatMap((text) => text().split("\n").slice(0, -1));
  const { entries, notes, files } = await readHistory(history);
  const found = entries.map(({ id }) => id);
  const there = new Set(found);
  return {
    acknowledged: acknowledged.length,
    found: found.length,
    lost: acknowledged.filter((id) => !there.has(id)).length,
    twice: found.length - there.size,
    cut: notes.filter((note) => note.includes("cut off")).length,
    files: files.length,
    pruned,
  };
}

/** What a CI job keeps as an artifact: imported twice into an empty history, it is the same history. */
async function importedAgain(history) {
  const artifact = `${history}-artifact`;
  const other = `${history}-other`;
  cpSync(history, artifact, { recursive: true });
  for (let round = 0; round < 2; round++) {
    const child = spawn(process.execPath, [bin, "history", "import", artifact, "--history", other], {
      stdio: "ignore",
    });
    const [code] = await once(child, "close");
    if (code !== 0) return false;
  }
  const [here, there] = await Promise.all([readHistory(history), readHistory(other)]);
  const ids = ({ entries }) => entries.map(({ id }) => id).join();
  return ids(here) === ids(there) && readdirSync(other).length === 1;
}
