import { join } from "node:path";
import { exitCodeOf } from "../judge/exit-code.js";
import { renderJson, reportDocument } from "../report/json.js";
import { instrumentOf } from "../report/instrument.js";
import { renderText } from "../report/text.js";
import { type Host, wantsColour } from "./host.js";
import type { Judged } from "./judged.js";
import { shortPath } from "./short-path.js";
import { writeWhole } from "./write-whole.js";

export interface Printing {
  readonly host: Host;
  readonly exitCode: number;
  /** `default` for people, `json` for machines. */
  readonly reporter: string;
  /** Where the files are, as the user would type it. */
  readonly where: string;
  readonly repeat: (scenario: string) => string;
  /** Scenarios that an interrupt left out. */
  readonly skipped?: readonly string[];
}

/** A pipe has no width; a file is read in a window. */
export const widthOfFiles = 100;

/** The report on stdout. */
export function printReport(judged: readonly Judged[], printing: Printing): void {
  const { host, reporter, skipped = [] } = printing;
  if (reporter === "json") {
    host.stdout.write(jsonOf(judged, printing.exitCode));
    return;
  }
  const colour = wantsColour(host, host.stdout);
  host.stdout.write(textOf(judged, { ...printing, colour, width: host.stdout.columns ?? widthOfFiles }));
  if (skipped.length > 0) host.stdout.write(`Not run, because you stopped it: ${skipped.join(", ")}\n`);
}

/** report.txt and report.json into the folder of a run. */
export async function saveReports(
  judged: readonly Judged[],
  {
    folder,
    repeat,
    cwd,
  }: { readonly folder: string; readonly repeat: (name: string) => string; readonly cwd: string },
): Promise<void> {
  const results = judged.map(({ result }) => result);
  const where = shortPath(folder, cwd);
  const text = textOf(judged, { where, repeat, colour: false, width: widthOfFiles });
  await writeWhole(join(folder, "report.txt"), text);
  await writeWhole(join(folder, "report.json"), jsonOf(judged, exitCodeOf(results, { interrupted: false })));
}

interface Text extends Pick<Printing, "where" | "repeat"> {
  readonly colour: boolean;
  readonly width: number;
}

function textOf(judged: readonly Judged[], { where, repeat, colour, width }: Text): string {
  const results = judged.map(({ result }) => result);
  const instrument = instrumentOf(judged.map(({ record }) => record));
  return renderText(results, { colour, width, outDir: where, repeat, instrument });
}

function jsonOf(judged: readonly Judged[], exitCode: number): string {
  const results = judged.map(({ result }) => result);
  const records = judged.map(({ record }) => record);
  return renderJson(reportDocument({ results, records, exitCode }));
}
