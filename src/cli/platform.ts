import { readdirSync } from "node:fs";
import { brokeProblem } from "../model/problem.js";
import type { Host } from "./host.js";

export const procRoot = "/proc";

/** @throws Problem (exit 4) where there is no /proc to look at. */
export function requireLinux(host: Pick<Host, "platform">, root: string = procRoot): void {
  if (host.platform !== "linux") {
    throw brokeProblem({
      what: "run needs Linux",
      why: `this is ${host.platform}, which has no /proc`,
      fix: "run it in a Linux container or in WSL; judge, report and list work here too",
    });
  }
  if (!hasOwnProcess(root)) {
    throw brokeProblem({
      what: `cannot see processes in ${root}`,
      why: `${root} is not mounted, or hidden from this user`,
      fix: "mount it (mount -t proc proc /proc), or start the container without hiding it",
    });
  }
}

function hasOwnProcess(root: string): boolean {
  try {
    return readdirSync(root).includes(String(process.pid));
  } catch {
    return false;
  }
}
