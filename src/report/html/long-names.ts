import type { CriterionId } from "../../model/verdict.js";

/** What people call the resources. */
export const longNames: Readonly<Record<CriterionId, string>> = {
  tasks: "tasks",
  processes: "processes",
  fds: "file descriptors",
  memory: "memory",
  zombies: "zombies",
  ptys: "PTYs",
};
