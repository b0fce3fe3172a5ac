// kill -9 and Ctrl-C of the tool at ten random moments of goose-churn: nothing of the target's may live on.
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { collect, marked, pause, startTool, tempFolder } from "./lib.js";

const moments = Number(process.argv[2] ?? 10);
const folder = tempFolder();
let wrong = 0;

for (const signal of ["SIGKILL", "SIGINT"]) {
  for (let i = 1; i <= moments; i++) {
    const afterMs = 300 + Math.floor(Math.random() * 9000);
    const told = await end(signal, {
      afterMs,
      out: join(folder, `${signal}-${i}`),
      mark: `${process.pid}-${signal}-${i}`,
    });
    if (!told.right) wrong++;
    console.log(`${told.right ? "ok " : "NOT"} ${signal} after ${afterMs} ms: ${told.text}`);
  }
}
rmSync(folder, { recursive: true });
console.log(`${2 * moments - wrong} of ${2 * moments} endings left nothing behind`);
process.exitCode = wrong === 0 ? 0 : 1;

async function end(signal, { afterMs, out, mark }) {
  const tool = startTool(["run", "goose-churn", "--out", out, "--no-progress"], mark);
  const gone = once(tool, "close");
  const stdout = collect(tool.stdout);
  collect(tool.stderr);
  await pause(afterMs);
  const before = marked(mark).length;
  tool.kill(signal);
  const [code] = await gone;
  if (signal === "SIGKILL") await pause(5000);
  const left = marked(mark);
  const record = recordState(join(out, "record.ndjson"));
  const ended = signal === "SIGKILL" || (code === 130 && stdout().includes("goose-churn"));
  const right = left.length === 0 && record.whole && ended && before > 0;
  return {
    right,
    text: `${before} processes before, ${left.length} after, exit ${code}, record ${record.text}`,
  };
}

/** A record may end in half a line, but every line before it must be whole. */
function recordState(path) {
  if (!existsSync(path)) return { whole: true, text: "not begun" };
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
  const broken = lines.filter((line) => !isJson(line)).length;
  return { whole: broken === 0, text: `${lines.length} whole lines, ${broken} broken` };
}

function isJson(line) {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
