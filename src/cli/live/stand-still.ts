import { setTimeout as sleep } from "node:timers/promises";
import type { Host } from "../host.js";

/** A job that no shell would continue is not stopped at all (an orphaned process group, setpgid(2)). */
const stoppedWithinMs = 100;

/**
 * Stops as Ctrl-Z stops a job, until it is continued. Nobody may handle SIGTSTP meanwhile.
 * @param pid 0 = everybody in the process group, as a terminal does it
 */
export async function standStill(host: Pick<Host, "on" | "off" | "kill">, pid: number): Promise<void> {
  let onGoOn = (): void => undefined;
  const goesOn = new Promise<void>((resolve) => {
    onGoOn = resolve;
  });
  host.on("SIGCONT", onGoOn);
  host.kill(pid, "SIGTSTP");
  await Promise.race([goesOn, sleep(stoppedWithinMs)]);
  host.off("SIGCONT", onGoOn);
}
