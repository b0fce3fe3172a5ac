import { dirname, join } from "node:path";
import { secondPassOf } from "../ledger/second-pass.js";
import type { Finding } from "../model/finding.js";
import { Problem } from "../model/problem.js";
import type { RunRecord } from "../model/record.js";
import { inert } from "../report/inert.js";
import type { Host } from "./host.js";
import type { Controls } from "../soak/controls.js";
import { type Judged, judgeRecordFile, whyFolder } from "./judged.js";
import type { LiveView } from "./live-view.js";
import { preload } from "./paths.js";
import { warning } from "./problems.js";
import { soakOne } from "./soak-one.js";

export interface Why {
  readonly host: Host;
  readonly live: Pick<LiveView, "begin" | "show" | "say" | "ended">;
  readonly seed: number;
  readonly controls?: Controls | undefined;
  readonly stop: AbortSignal;
}

/**
 * The second pass: repeats the guilty flows of a run that failed against a fresh target in which it is noted where
 * things are made. Whatever goes wrong in it, the first verdict stands.
 * @returns the first run judged again, with what the second has shown.
 */
export async function secondPass(first: Judged, { host, live, seed, controls, stop }: Why): Promise<Judged> {
  const { record, result, path } = first;
  if (result.verdict !== "fail" || result.interrupted || stop.aborted) return first;
  if (record.run.scenario.load.engine) {
    live.say("no second pass: it repeats flows, and here an engine drove");
    return first;
  }
  const pass = secondPassOf(record, result);
  if (!pass) return first;
  const name = `${result.name} (why)`;
  const { durationMs } = pass.scenario.load;
  live.begin({ scenario: name, kind: "why", expectedMs: durationMs, isPausable: true });
  try {
    await soakOne({
      scenario: pass.scenario,
      quick: record.run.quick,
      plant: record.run.plant,
      seed,
      outDir: join(dirname(path), whyFolder),
      host,
      controls,
      trace: { preload, memory: pass.memory, alone: pass.alone, strace: isForeign(record) },
      stop,
      onProgress: (progress) => live.show({ ...progress, scenario: name }),
    });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { message, why, fix } = error;
    live.say(warning({ what: `no second pass: ${message}`, why, fix }).trimEnd());
  }
  const judged = await judgeRecordFile(path, host.cwd());
  live.ended(`${name}: ${seenText(judged.result.findings)}`);
  return judged;
}

function seenText(findings: readonly Finding[]): string {
  const places = new Set(findings.flatMap(({ origin }) => (origin ? [inert(origin.at)] : [])));
  return places.size === 0 ? "where it is made was not seen" : `made at ${[...places].join(", ")}`;
}

/** Nothing of ours looks into it. */
function isForeign({ started }: RunRecord): boolean {
  return !["node", "go"].some((name) => started?.probes.includes(name));
}
