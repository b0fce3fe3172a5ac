import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { release } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { exitCodeOf } from "../../judge/exit-code.js";
import { type HistoryEntry, historyVersion } from "../../model/history.js";
import { Problem } from "../../model/problem.js";
import type { Proof } from "../../model/selftest.js";
import type { Due } from "../../suite/due.js";
import { quarantineOf } from "../../suite/quarantine.js";
import type { Host } from "../host.js";
import type { Interrupts } from "../interrupts.js";
import type { Judged } from "../judged.js";
import type { LiveView } from "../live-view.js";
import { brokenEntryOf, entryOf, type RunFacts } from "./nightly-entry.js";
import type { NightlyRequest, Planned } from "./nightly-request.js";
import { warning } from "../problems.js";
import { repeatLine } from "../repeat.js";
import { reportOf } from "../report-of.js";
import { saveReports } from "../save-reports.js";
import { soakOne } from "../soak-one.js";
import { toolName } from "../tool-name.js";
import { secondPass } from "../why.js";

/** What the runs of one nightly share. */
export interface Night {
  readonly request: NightlyRequest;
  readonly host: Host;
  readonly live: LiveView;
  readonly interrupts: Interrupts;
  readonly proof: Proof | undefined;
  /** YYYY-MM-DD of its start (UTC). */
  readonly night: string;
  /** Absolute; of this nightly alone. */
  readonly folder: string;
}

/**
 * One run, from start to its pages. Whatever goes wrong with it costs no other one.
 * @returns undefined: it was interrupted before it came to anything that could be judged.
 */
export async function runDue(due: Due, night: Night): Promise<HistoryEntry | undefined> {
  const { request, live, interrupts } = night;
  const planned = request.scenarioOf(due);
  const startedAtMs = Date.now();
  const facts = { ...factsOf(due, { planned, night }), startedAtMs };
  live.begin({ scenario: nameOf(due, request) });
  try {
    const judged = await judgedOf(due, { planned, night });
    const entry = await kept(judged, { due, facts, planned, night });
    const { broke } = judged.result;
    if (broke !== undefined)
      live.say(warning({ what: `${nameOf(due, request)} broke`, why: broke }).trimEnd());
    // Half a run tells less than a whole one; its record and its pages stay.
    return judged.result.interrupted ? undefined : entry;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (interrupts.asked.aborted) return undefined;
    const { message, why, fix } = error;
    live.say(warning({ what: `${nameOf(due, request)}: ${message}`, why, fix }).trimEnd());
    return brokenEntryOf(facts, Date.now() - startedAtMs);
  }
}

/** As people know it: `gateway/connect-churn (2)`. */
export function nameOf(due: Due, { scenarioOf }: Pick<NightlyRequest, "scenarioOf">): string {
  const { name } = scenarioOf(due).scenario;
  return `${due.target}/${name}${due.repeat > 1 ? ` (${due.repeat})` : ""}`;
}

function factsOf(
  { target, repeat }: Due,
  { planned, night: { night } }: Running,
): Omit<RunFacts, "startedAtMs"> {
  return {
    version: historyVersion,
    id: randomUUID(),
    night,
    target,
    scenario: planned.scenario.name,
    commit: planned.commit,
    tool: toolName(),
    kernel: release(),
    repeat,
  };
}

interface Running {
  readonly planned: Planned;
  readonly night: Night;
}

async function judgedOf(due: Due, { planned, night }: Running): Promise<Judged> {
  const { request, host, live, interrupts, folder } = night;
  const name = nameOf(due, request);
  const first = await soakOne({
    scenario: planned.scenario,
    quick: request.quick,
    plant: undefined,
    // Another mix of flows in each repeat.
    seed: due.repeat,
    outDir: join(folder, `${due.target}-${basename(planned.scenario.name)}-${due.repeat}`),
    host,
    stop: interrupts.asked,
    onProgress: (progress) => live.show({ ...progress, scenario: name }),
  });
  live.done({ ...first.result, name });
  if (!request.why) return first;
  return secondPass(first, { host, live, seed: due.repeat, stop: interrupts.asked });
}

/** A page that could not be made costs only itself. */
function pageIn(folder: string): string {
  const page = join(folder, "report.html");
  return existsSync(page) ? page : join(folder, "report.txt");
}

interface Keeping extends Running {
  readonly due: Due;
  readonly facts: RunFacts;
}

async function kept(
  { result, record, path }: Judged,
  { due, facts, planned, night }: Keeping,
): Promise<HistoryEntry> {
  const { request, host, proof } = night;
  const { scenario, command } = planned;
  const repeatable = { scenarios: [scenario], quick: request.quick, duration: undefined, plant: undefined };
  const report = reportOf([{ result, record, path }], {
    cwd: host.cwd(),
    exitCode: exitCodeOf([result], { interrupted: false }),
    proof,
    repeat: repeatLine({ ...repeatable, command, seed: facts.repeat }),
  });
  const folder = dirname(path);
  await saveReports(report, folder, (text) => host.stderr.write(text));
  const page = pageIn(folder);
  const criteria = result.criteria.filter(({ verdict }) => verdict === "fail").map(({ id }) => id);
  const failed = { target: due.target, scenario: due.scenario, night: facts.night, criteria };
  return entryOf(facts, result, {
    durationMs: Date.now() - facts.startedAtMs,
    quarantine: result.verdict === "fail" ? quarantineOf(failed, request.suite.quarantine) : undefined,
    report: relative(request.out, page).replaceAll("\\", "/"),
  });
}
