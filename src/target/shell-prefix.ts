import type { Limits } from "../model/scenario.js";
import type { Cgroup } from "./cgroup.js";

export interface Bounds {
  readonly cgroup: Pick<Cgroup, "path"> | undefined;
  readonly limits: Limits;
}

/** A POSIX shell (dash, bash, busybox ash) that joins the cgroup and lowers the limits, then becomes the command (same pid). */
export function shellPrefix({ cgroup, limits }: Bounds): string[] {
  const steps = [
    ...(cgroup ? [orFail('echo $$ > "$0/cgroup.procs"', "join its cgroup")] : []),
    ...(limits.fds === undefined ? [] : [orFail(`ulimit -n ${limits.fds}`, "limit its fds")]),
    ...(limits.processes === undefined
      ? []
      : [orFail(limitProcesses(limits.processes), "limit its processes")]),
  ];
  if (steps.length === 0) return [];
  return ["/bin/sh", "-c", [...steps, 'exec "$@"'].join("\n"), cgroup?.path ?? "sh"];
}

function orFail(step: string, aim: string): string {
  return `${step} || { echo "watertight: the target could not ${aim}" >&2; exit 126; }`;
}

/** The letter is u in bash and busybox, p in dash, where u ends the shell (hence the subshell); p is something else in bash. */
function limitProcesses(count: number): string {
  return `if (ulimit -u) >/dev/null 2>&1; then ulimit -u ${count}; else ulimit -p ${count}; fi`;
}
