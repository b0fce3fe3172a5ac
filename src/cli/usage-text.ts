import { existsSync } from "node:fs";
import { extname, join } from "node:path";
import { nearest } from "../scenario/found.js";
import { shippedDir } from "./paths.js";

/**
 * Commander's own words, in the shape of the tool's messages.
 * @param command the command line of the help to point at, e.g. `watertight run`.
 */
export function usageText(text: string, command: string): string {
  const [first = "", ...rest] = text.trim().split("\n");
  const what = first.replace(/^error: /, "");
  const suggestion = rest.map((line) => line.replace(/^\(|\)$/g, "")).join(" ");
  const fix = suggestion || nearestChoice(what) || runInstead(what) || `see: ${command} --help`;
  return `watertight: ${what}\n  fix: ${fix}\n`;
}

/** Commander lists the choices, in the same line. */
function nearestChoice(what: string): string | undefined {
  const [, word = "", list = ""] =
    /(?:argument|value) '(.*?)' is invalid.* Allowed choices are (.*)\.$/.exec(what) ?? [];
  const meant = nearest(word, list.split(", "));
  return meant === undefined || meant === "" ? undefined : `Did you mean ${meant}?`;
}

/** Whoever leaves out `run` means a scenario. */
function runInstead(what: string): string | undefined {
  const word = /^unknown command '(.+)'$/.exec(what)?.[1];
  return word !== undefined && isScenario(word) ? `to run a scenario: watertight run ${word}` : undefined;
}

function isScenario(word: string): boolean {
  return [".yaml", ".yml"].includes(extname(word)) || existsSync(join(shippedDir, `${word}.yaml`));
}
