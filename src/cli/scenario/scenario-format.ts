import { exitCodes, usageProblem } from "../../model/problem.js";
import { inert } from "../../report/inert.js";
import { examine } from "../../scenario/examine.js";
import { formatScenario } from "../../scenario/format.js";
import { readScenarioText } from "../../scenario/load.js";
import { scenarioFormat } from "../../scenario/scenario-format.js";
import type { Host } from "../host.js";
import { shippedDir } from "../paths.js";
import { writeWhole } from "../write-whole.js";

interface Formatted {
  readonly path: string;
  readonly shown: string;
  readonly text: string;
  readonly isSame: boolean;
}

/**
 * `watertight scenario format`. All files are read before the first is written.
 * @returns 2 with --check, where a file would change.
 * @throws Problem exit 2: no such file, or no YAML; exit 4: it could not be written.
 */
export async function formatCommand(
  files: readonly string[],
  { check }: { readonly check?: boolean },
  host: Host,
): Promise<number> {
  const all = await Promise.all(files.map((file) => formatted(file, host.cwd())));
  const changed = all.filter(({ isSame }) => !isSame);
  for (const { path, text } of check ? [] : changed) await writeWhole(path, text);
  const lines = changed.map(({ shown }) => `${check ? "not formatted" : "formatted"}: ${inert(shown)}\n`);
  const same = all.length - changed.length;
  host.stdout.write(
    `${lines.join("")}${same} of ${all.length} ${check ? "are" : "were"} formatted already\n`,
  );
  return check && changed.length > 0 ? exitCodes.usage : exitCodes.pass;
}

async function formatted(file: string, cwd: string): Promise<Formatted> {
  const { path, shown, text } = await readScenarioText(file, { shippedDir, cwd });
  const { document, mistakes } = examine(text, scenarioFormat);
  const [first] = mistakes;
  if (!document && first) {
    const { line, col, fix } = first;
    throw usageProblem({
      what: `${shown}:${line}:${col}: ${first.text}`,
      why: "only YAML can be formatted",
      fix,
    });
  }
  const written = formatScenario(text);
  return { path, shown, text: written, isSame: written === text };
}
