import { type ActiveRule, type Judged, resultOf, without } from "../criterion.js";
import type { RunView } from "../run-view.js";
import { taskSource } from "../task-series.js";
import { blindness, lost, taskLeak, told } from "../tasks.js";
import { judgeGrowth } from "./judge-growth.js";
import { lackOf } from "./lack.js";
import { warmed } from "./levels.js";
import { judgedBy, sizes } from "./result.js";
import { watchedView } from "./watched-view.js";

/** A handler, a reader, a writer, a few timers. */
const perConnection = 8;

/** Tasks have no identities: their number must not grow by more than the load explains. */
export function judgeWatchedTasks(run: RunView, rule: ActiveRule): Judged {
  const view = watchedView(run);
  const all = taskSource(view);
  const source = { ...all, levels: all.levels.map((level) => warmed(view, level)) };
  const blind = blindness(view, source);
  const main = source.levels[0];
  if (!main || blind !== undefined || main.series.baseline.length === 0) {
    return without("tasks", "unchecked", blind ?? lost(view, source));
  }
  const lack = lackOf(view, main.series.points.length);
  if (lack !== undefined) {
    return { result: resultOf("tasks", "inconclusive", { ...sizes(main), reason: lack }), findings: [] };
  }
  const { levels, noun } = source;
  const growth = judgeGrowth({ view, rule, levels, lives: undefined, noun, perConnection });
  if (!growth) return without("tasks", "unchecked", lost(view, source));
  const isLeak = growth.verdict === "fail";
  const findings = isLeak ? [taskLeak(view, { source, level: growth.level })] : [];
  const judged = judgedBy({ id: "tasks", view, growth, findings, stuck: 0 });
  const { result } = judged;
  return { ...judged, result: { ...result, reason: told(source, result.reason) } };
}
