import type { EngineName } from "../model/engine.js";
import { artilleryTally } from "./artillery.js";
import { autocannonTally } from "./autocannon.js";
import { k6Tally } from "./k6.js";
import { locustTally } from "./locust.js";
import type { Said, Tally } from "./said.js";
import { vegetaTally } from "./vegeta.js";
import { wrkTally } from "./wrk.js";

interface Summary {
  readonly read: (said: Said) => Tally | undefined;
  /** What makes the engine tell, where it did not. */
  readonly fix: string;
}

/** How each engine that is known tells what it did. */
export const summaries: Readonly<Record<EngineName, Summary>> = {
  k6: { read: k6Tally, fix: "let k6 print its summary, or add `--summary-export {out}`" },
  artillery: { read: artilleryTally, fix: "add `--output {out}` to `artillery run`" },
  locust: { read: locustTally, fix: "add `--headless --json` to the command of locust" },
  wrk: { read: wrkTally, fix: "let wrk print its report to stdout" },
  vegeta: { read: vegetaTally, fix: "end the command with `| vegeta report -type=json`, in `sh -c`" },
  autocannon: { read: autocannonTally, fix: "add `--json` to the command of autocannon" },
};
