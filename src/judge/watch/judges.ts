import type { CriterionId } from "../../model/verdict.js";
import type { ActiveRule, Judged } from "../criterion.js";
import type { RunView } from "../run-view.js";
import { judgeWatchedFds } from "./fds.js";
import { judgeWatchedMemory } from "./memory.js";
import { judgeWatchedProcesses } from "./processes.js";
import { judgeWatchedPtys } from "./ptys.js";
import { judgeWatchedTasks } from "./tasks.js";
import { judgeWatchedZombies } from "./zombies.js";

/** One for each criterion, for records of a load that nobody paced. */
export const watchedJudges: Readonly<Record<CriterionId, (view: RunView, rule: ActiveRule) => Judged>> = {
  tasks: judgeWatchedTasks,
  processes: judgeWatchedProcesses,
  fds: judgeWatchedFds,
  memory: judgeWatchedMemory,
  zombies: judgeWatchedZombies,
  ptys: judgeWatchedPtys,
};
