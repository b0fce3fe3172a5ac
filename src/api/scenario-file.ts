import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ProblemText, usageProblem } from "../model/problem.js";
import { isObject } from "../model/misfit.js";
import { parseScenario } from "../scenario/load.js";
import { makeFolder } from "../soak/make-folder.js";

/** A scenario as its file has it, with the same fields: `{ target: { command: "…" }, flows: { … } }`. */
export type ScenarioObject = Readonly<Record<string, unknown>>;

const fileName = "scenario";

/**
 * A scenario that has no file gets one beside its record, so that the run can be repeated.
 * @param folderOf where the files of a scenario of this name go.
 * @returns the path of the file, and of its folder.
 * @throws Problem exit 2: mistakes in it, a folder that cannot be written.
 */
export function writeScenarioFile(
  scenario: ScenarioObject,
  folderOf: (name: string) => string,
): { readonly path: string; readonly folder: string } {
  const text = textOf(scenario);
  const { name } = parseScenario(text, fileName);
  const folder = folderOf(name);
  try {
    makeFolder(folder);
    return { path: writeBeside(folder, text), folder };
  } catch (error) {
    throw usageProblem(unwritable(folder, error), error);
  }
}

/** JSON is YAML. A folder that is relative is so to where the program stands, not to the file. */
function textOf(scenario: ScenarioObject): string {
  const { target } = scenario;
  const cwd = isObject(target) ? target["cwd"] : undefined;
  const placed =
    isObject(target) && typeof cwd === "string"
      ? { ...scenario, target: { ...target, cwd: resolve(cwd) } }
      : scenario;
  return `${JSON.stringify({ name: fileName, ...placed }, undefined, 2)}\n`;
}

/** What stands there belongs to another run. */
function writeBeside(folder: string, text: string): string {
  for (let attempt = 1; ; attempt++) {
    const path = join(folder, attempt === 1 ? `${fileName}.json` : `${fileName}-${attempt}.json`);
    try {
      writeFileSync(path, text, { flag: "wx" });
      return path;
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}

function unwritable(folder: string, error: unknown): ProblemText {
  const why = error instanceof Error ? error.message : String(error);
  return { what: `cannot write to ${folder}`, why, fix: "name a folder that you may write to: out" };
}
