// What the preload of the second pass costs a Node target: processor time of making and releasing one thing, beside
// the same without it.
import { execFileSync } from "node:child_process";

const preload = new URL("../dist/trace/preload.js", import.meta.url).href;
const fixture = new URL("fixtures/makes-things.js", import.meta.url).pathname;

function timesOf(options) {
  return JSON.parse(execFileSync(process.execPath, [...options, fixture], { encoding: "utf8" }));
}

/** Microseconds on top; a machine twice as slow still holds them. */
const limits = { file: 60, timer: 40, await: 2, connection: 400 };

export function traceRows() {
  const [plain, traced] = [timesOf([]), timesOf(["--import", preload])];
  return Object.entries(limits).map(([name, limit]) => ({
    work: `creation site noted: one ${name} (${plain[name].toFixed(2)} µs without)`,
    value: traced[name] - plain[name],
    limit,
    unit: " µs",
  }));
}
