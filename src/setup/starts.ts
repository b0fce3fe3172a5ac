import { goStarts } from "./go-start.js";
import { nodeStarts } from "./node-start.js";
import { composeStarts } from "./compose-start.js";
import { dockerfileStarts, procfileStarts, runningStarts } from "./other-starts.js";
import type { Project, Start } from "./project.js";
import { pythonStarts } from "./python-start.js";

/** Every way of starting the project that was seen, the surest first. */
export function startsOf(project: Project): readonly Start[] {
  const all = [
    ...procfileStarts(project),
    ...nodeStarts(project),
    ...goStarts(project),
    ...pythonStarts(project),
    ...dockerfileStarts(project),
    ...runningStarts(project),
    ...composeStarts(project),
  ];
  return all.filter(
    ({ command, service }, index) =>
      all.findIndex((each) => each.command === command && each.service === service) === index,
  );
}
