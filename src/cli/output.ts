import { join } from "node:path";
import { exitCodeOf } from "../judge/exit-code.js";
import type { Proof } from "../model/selftest.js";
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
  /** What the instrument was proven to see; undefined = nothing is known of it. */
  readonly proof?: Proof | undefined;
}

/** A pipe has no width; a file is read in a window. */
export const widthOfFiles = 100;

/** The columns of stdout. */
export function widthOf({ stdout }: Pick<Host, "stdout">): number {
  return stdout.columns ?? widthOfFiles;
}

/** The report on stdout. */
export function printReport(judged: readonly Judged[], printing: Printing): void {
  const { host, reporter, skipped = [] } = printing;
  if (reporter === "json") {
    host.stdout.write(jsonOf(judged, printing));
    return;
  }
  const colour = wantsColour(host, host.stdout);
  host.stdout.write(textOf(judged, { ...printing, colour, width: widthOf(host) }));
  if (skipped.length > 0) host.stdout.write(`Not run, because you stopped it: ${skipped.join(", ")}\n`);
}

export interface Saving extends Pick<Printing, "repeat" | "proof"> {
  readonly folder: string;
  readonly cwd: string;
}

/** report.txt and report.json into the folder of a run. */
export async function saveReports(judged: readonly Judged[], saving: Saving): Promise<void> {
  const { folder, cwd, ...how } = saving;
  const results = judged.map(({ result }) => result);
  const where = shortPath(folder, cwd);
  const text = textOf(judged, { ...how, where, colour: false, width: widthOfFiles });
  const exitCode = exitCodeOf(results, { interrupted: false });
  await writeWhole(join(folder, "report.txt"), text);
  await writeWhole(join(folder, "report.json"), jsonOf(judged, { ...how, exitCode }));
}

interface Text extends Pick<Printing, "where" | "repeat" | "proof"> {
  readonly colour: boolean;
  readonly width: number;
}

function textOf(judged: readonly Judged[], { where, repeat, proof, colour, width }: Text): string {
  const results = judged.map(({ result }) => result);
  const instrument = instrumentOf(
    judged.map(({ record }) => record),
    proof,
  );
  return renderText(results, { colour, width, outDir: where, repeat, instrument });
}

function jsonOf(judged: readonly Judged[], how: Pick<Printing, "exitCode" | "proof">): string {
  const results = judged.map(({ result }) => result);
  const records = judged.map(({ record }) => record);
  return renderJson(reportDocument({ results, records, exitCode: how.exitCode, proof: how.proof }));
}
