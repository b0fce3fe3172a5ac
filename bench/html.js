// The report page of a day: how long it takes to make, how large it is, and how soon a browser shows it.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { judgeRecordFile } from "../dist/cli/judged.js";
import { renderHtml } from "../dist/cli/render-html.js";
import { reportOf } from "../dist/cli/report-of.js";
import { fixture, median, pause } from "./lib.js";

const bin = fileURLToPath(new URL("../bin/watertight.js", import.meta.url));
const executablePath = "/usr/bin/chromium";
const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const rounds = 5;
const paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime";
const what = "24 h, 86,400 ticks, 172,800 operations, 1,440 batches, 12 processes";

export async function htmlRows() {
  const folder = mkdtempSync(join(tmpdir(), "watertight-bench-"));
  const [record, page] = [join(folder, "record.ndjson"), join(folder, "report.html")];
  spawnSync(process.execPath, [fixture("long-record.js"), "day", record], { stdio: "inherit" });
  try {
    return [
      { work: `HTML of ${what}`, value: await making(record), limit: 2, unit: " s" },
      {
        work: "watertight report RECORD --reporter html=FILE, as a whole",
        value: whole(record, page),
        unit: " s",
      },
      { work: "the file", value: statSync(page).size / 1e6, limit: 3, unit: " MB" },
      ...(existsSync(executablePath) ? await paints(page) : []),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** From the report to its text, once, with nothing warmed up. */
async function making(record) {
  const judged = await judgeRecordFile(record, "/");
  const told = { cwd: "/", exitCode: 1, proof: undefined, repeat: () => "" };
  const report = reportOf([judged], told);
  const since = performance.now();
  renderHtml(report);
  return (performance.now() - since) / 1000;
}

function whole(record, page) {
  const times = Array.from({ length: 3 }, () => {
    const since = performance.now();
    const { status, stderr } = spawnSync(
      process.execPath,
      [bin, "report", record, "--reporter", `html=${page}`],
      {
        encoding: "utf8",
      },
    );
    if (status !== 0) throw new Error(stderr);
    return (performance.now() - since) / 1000;
  });
  return Math.min(...times);
}

/** As the browser itself tells it (Paint Timing), each in a page of its own. */
async function paints(page) {
  const browser = await chromium.launch({ executablePath, args });
  const first = [];
  const ready = [];
  for (let round = 0; round < rounds; round++) {
    const tab = await browser.newPage();
    await tab.goto(pathToFileURL(page).href);
    // Not by waitForFunction: it evaluates texts again and again, which the policy of the page refuses.
    while ((await tab.evaluate(paint)) === undefined) await pause(20);
    first.push(await tab.evaluate(paint));
    ready.push(await tab.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"));
    await tab.close();
  }
  await browser.close();
  return [
    { work: "first contentful paint of it in Chromium", value: median(first) / 1000, limit: 1, unit: " s" },
    { work: "loaded, scripts run", value: median(ready) / 1000, unit: " s" },
  ];
}
