import { join, resolve, sep } from "node:path";
import type { RunRequest } from "./run-request.js";

/** Where the files go. */
export interface Place {
  /** For the report; `*` stands for the scenario where each has a folder of its own. */
  readonly shown: string;
  readonly of: (scenario: string) => string;
}

/** --out itself for one scenario, a folder in it for each of several; without it, reports/<time>-<scenario>. */
export function placeOf({ out, scenarios }: Pick<RunRequest, "out" | "scenarios">, cwd: string): Place {
  if (out !== undefined && scenarios.length === 1) {
    const folder = resolve(cwd, out);
    return { shown: folder, of: () => folder };
  }
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  const before = out === undefined ? join(cwd, "reports", `${stamp}-`) : `${resolve(cwd, out)}${sep}`;
  return { shown: `${before}*`, of: (scenario) => before + scenario };
}
