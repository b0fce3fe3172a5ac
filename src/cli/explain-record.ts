import { crossChecks } from "../judge/cross-checks.js";
import { exitCodeOf } from "../judge/exit-code.js";
import { seriesOfCriterion } from "../judge/series-of-criterion.js";
import { usageProblem } from "../model/problem.js";
import type { Series } from "../model/series.js";
import { type CriterionId, criterionIds } from "../model/verdict.js";
import { explainSeries } from "../report/explain.js";
import { nearest } from "../scenario/found.js";
import type { Host } from "./host.js";
import { judgeRecordFile } from "./judged.js";
import { widthOf } from "./columns.js";

/** `watertight judge RECORD --explain`: the whole reasoning. @returns the verdict's exit code, as without it. */
export async function explainRecord(path: string, what: string | true, host: Host): Promise<number> {
  const ids = idsOf(what);
  const { record, result } = await judgeRecordFile(path, host.cwd());
  const texts = result.criteria
    .filter(({ id }) => ids.includes(id))
    .map((criterion) => {
      const series = seriesOfCriterion(record, criterion.id) ?? unread(criterion.id);
      const numbers = { ...criterion.numbers, ...crossChecks(series) };
      return explainSeries(series, { ...criterion, numbers }, { width: widthOf(host) });
    });
  host.stdout.write(texts.join("\n"));
  return exitCodeOf([result], { interrupted: false });
}

function unread(id: CriterionId): Series {
  return { name: id, kind: "count", baseline: [], points: [], drain: [] };
}

function idsOf(what: string | true): readonly CriterionId[] {
  if (what === true) return criterionIds;
  const ids = criterionIds.filter((id) => id === what);
  if (ids.length > 0) return ids;
  const meant = nearest(what, criterionIds);
  const fix = meant === undefined ? `there are: ${criterionIds.join(", ")}` : `did you mean ${meant}?`;
  throw usageProblem({ what: `there is no criterion ${what}`, fix });
}
