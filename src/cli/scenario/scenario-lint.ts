import { operationsFor } from "../../judge/power.js";
import { exitCodes } from "../../model/problem.js";
import { inert, inertJson } from "../../report/inert.js";
import { examine, type Examined } from "../../scenario/examine.js";
import { readScenarioText } from "../../scenario/load.js";
import type { PlacedMistake } from "../../scenario/mistake.js";
import { toScenario } from "../../scenario/normalise.js";
import { inTextOrder } from "../../scenario/parse-file.js";
import type { ScenarioFile } from "../../scenario/file.js";
import { scenarioFormat } from "../../scenario/scenario-format.js";
import { withSize } from "../../scenario/size.js";
import { warningsOf } from "../../scenario/warnings.js";
import type { Host } from "../host.js";
import { shippedDir } from "../paths.js";
import { planOf } from "../plan-of.js";

interface Remark extends PlacedMistake {
  readonly severity: "mistake" | "warning";
}

interface Linted {
  readonly path: string;
  readonly remarks: readonly Remark[];
}

/** `watertight scenario lint`. @returns 2 where a file cannot be run. @throws Problem exit 2: no such file. */
export async function lintCommand(
  files: readonly string[],
  { reporter }: { readonly reporter: string },
  host: Host,
): Promise<number> {
  const texts = await Promise.all(
    files.map((file) => readScenarioText(file, { shippedDir, cwd: host.cwd() })),
  );
  const linted = texts.map(({ shown, text }) => ({ path: shown, remarks: remarksOn(text, shown) }));
  const isWrong = linted.some(({ remarks }) => remarks.some(({ severity }) => severity === "mistake"));
  const exitCode = isWrong ? exitCodes.usage : exitCodes.pass;
  host.stdout.write(
    reporter === "json"
      ? inertJson(`${JSON.stringify({ format: 1, exitCode, files: linted }, undefined, 2)}\n`)
      : textOf(linted),
  );
  return exitCode;
}

function remarksOn(text: string, path: string): readonly Remark[] {
  const examined = examine(text, scenarioFormat);
  const mistakes = examined.mistakes.map((mistake) => ({ ...mistake, severity: "mistake" as const }));
  const warnings = warningsOn(examined, path).map((warning) => ({
    ...warning,
    severity: "warning" as const,
  }));
  return inTextOrder([...mistakes, ...warnings]);
}

function warningsOn({ file, place }: Examined<ScenarioFile>, path: string): readonly PlacedMistake[] {
  if (!file) return [];
  const scenario = toScenario(file, path);
  const today = new Date().toISOString().slice(0, 10);
  const short = [false, true].flatMap((quick) => {
    const request = { quick, duration: undefined };
    const { shortfall } = planOf(withSize(scenario, { quick, operationsFor }), request);
    if (!shortfall) return [];
    const text = `${quick ? "in a quick run: " : ""}${shortfall.what}: ${shortfall.why ?? ""}`;
    return [{ path: [quick && file.quick ? "quick" : "detect"], atKey: true, text, fix: shortfall.fix }];
  });
  return [...warningsOf(file, scenario, today), ...short].map(place);
}

function textOf(linted: readonly Linted[]): string {
  const lines = linted.flatMap(({ path, remarks }) =>
    remarks.flatMap(({ line, col, severity, text, fix }) => [
      `${path}:${line}:${col}: ${severity}: ${text.replaceAll("\n", "; ")}`,
      ...(fix === undefined ? [] : [`  fix: ${fix.replaceAll("\n", " ")}`]),
    ]),
  );
  return [...lines, summary(linted)].map((line) => `${inert(line)}\n`).join("");
}

function summary(linted: readonly Linted[]): string {
  const all = linted.flatMap(({ remarks }) => remarks);
  const mistakes = all.filter(({ severity }) => severity === "mistake").length;
  const parts = [
    counted(linted.length, "file"),
    mistakes === 0 ? "no mistake" : counted(mistakes, "mistake"),
    all.length === mistakes ? "no warning" : counted(all.length - mistakes, "warning"),
  ];
  return parts.join(", ");
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
