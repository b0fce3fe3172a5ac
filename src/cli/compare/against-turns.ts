import { dirname, join } from "node:path";
import { exitCodeOf } from "../../judge/exit-code.js";
import type { Report } from "../../model/reporting.js";
import type { Scenario } from "../../model/scenario.js";
import type { Controls } from "../../soak/controls.js";
import type { Against } from "./against-option.js";
import type { Host } from "../host.js";
import type { Interrupts } from "../interrupts.js";
import type { Judged } from "../judged.js";
import type { LiveView } from "../live-view.js";
import { planOf } from "../plan-of.js";
import { repeatLine } from "../repeat.js";
import { reportOf } from "../report-of.js";
import type { RunRequest } from "../run-request.js";
import { saveReports } from "../save-reports.js";
import { shortPath } from "../short-path.js";
import { soakOne } from "../soak-one.js";

export type Side = "before" | "after";

/** One run that is due. */
export interface Turn {
  readonly side: Side;
  readonly repeat: number;
  readonly scenario: Scenario;
}

export interface Taken extends Turn {
  readonly judged: Judged;
}

export interface Surroundings {
  readonly request: RunRequest;
  readonly host: Host;
  readonly live: LiveView;
  readonly interrupts: Interrupts;
  readonly controls: Controls;
  /** Has a folder for each run. */
  readonly folder: string;
}

/** Old, new, old, new: what changes on the machine meanwhile comes to both alike. */
export function turnsOf({ scenarios }: RunRequest, against: Against): Turn[] {
  const repeats = Array.from({ length: against.repeats }, (_, index) => index + 1);
  return repeats.flatMap((repeat) =>
    scenarios.flatMap((scenario, index) => {
      const other = against.scenarios[index] ?? scenario;
      return [
        { side: "before", repeat, scenario: other } as const,
        { side: "after", repeat, scenario } as const,
      ];
    }),
  );
}

/** One after the other, until all are done or somebody stops it. */
export async function takeTurns(turns: readonly Turn[], surroundings: Surroundings): Promise<Taken[]> {
  const taken: Taken[] = [];
  const { interrupts, live, request } = surroundings;
  const expectedMs = ({ scenario }: Turn): number => planOf(scenario, request).plan.planned.totalMs;
  for (const [index, turn] of turns.entries()) {
    if (interrupts.asked.aborted) break;
    live.begin({
      scenario: labelOf(turn),
      place: { number: index + 1, of: turns.length },
      expectedMs: expectedMs(turn),
      thenMs: turns.slice(index + 1).reduce((sum, one) => sum + expectedMs(one), 0),
      isPausable: turn.scenario.load.engine?.kind !== "external",
    });
    taken.push({ ...turn, judged: await takeTurn(turn, surroundings) });
  }
  return taken;
}

/** `before 1, goose-churn` */
function labelOf({ side, repeat, scenario }: Turn): string {
  return `${side} ${repeat}, ${scenario.name}`;
}

async function takeTurn(turn: Turn, surroundings: Surroundings): Promise<Judged> {
  const { side, repeat, scenario } = turn;
  const { request, host, live, interrupts, controls, folder } = surroundings;
  const own = join(folder, `${side}-${repeat}`);
  const judged = await soakOne({
    scenario,
    quick: request.quick,
    plant: side === "after" ? request.plant : undefined,
    // The builds of a pair are asked the same.
    seed: request.seed + repeat - 1,
    outDir: request.scenarios.length === 1 ? own : join(own, scenario.name),
    host,
    controls,
    stop: interrupts.asked,
    onProgress: (progress) => live.show({ ...progress, scenario: labelOf(turn) }),
  });
  const { result, path } = judged;
  live.ended(`${labelOf(turn)}: ${result.verdict}, ${result.operations.landed} operations`);
  const warn = (text: string): void => void host.stderr.write(text);
  await saveReports(reportOfRuns([judged], surroundings), dirname(path), warn);
  return judged;
}

/** What reporters are handed of some of the runs. */
export function reportOfRuns(
  judged: readonly Judged[],
  { request, host, folder }: Pick<Surroundings, "request" | "host" | "folder">,
): Report {
  const results = judged.map(({ result }) => result);
  const cwd = host.cwd();
  return reportOf(judged, {
    cwd,
    exitCode: exitCodeOf(results, { interrupted: false }),
    proof: undefined,
    repeat: repeatLine(request),
    where: shortPath(folder, cwd),
  });
}
