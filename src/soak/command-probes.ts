import type { Clock } from "../model/clock.js";
import type { CommandProbe } from "../model/scenario.js";
import type { ProcessEntry } from "../model/resource.js";
import { type Aim, attachCommand } from "../probe/command.js";
import type { Probe } from "../probe/probe.js";
import { fillPlaceholders } from "../target/command.js";
import type { Target } from "../target/target.js";

export interface CommandSurroundings {
  readonly target: Pick<Target, "guard">;
  readonly port: number;
  readonly listener: () => ProcessEntry | undefined;
  readonly clock: Clock;
}

/** A program that is given the listener's pid tells of that process; any other tells of the target as a whole. */
export function commandProbe({ name, command, withinMs }: CommandProbe, around: CommandSurroundings): Probe {
  const { target, port, listener, clock } = around;
  const isOfListener = command.some((word) => word.includes("{pid}"));
  const aim = (): Aim => {
    const pid = isOfListener ? listener()?.pid : undefined;
    if (isOfListener && pid === undefined)
      throw new Error(`no process of the target's listens on port ${port}`);
    return { pid, words: fillPlaceholders(command, { port: String(port), pid: String(pid) }) };
  };
  const [program = ""] = command;
  return attachCommand({ name, program, aim, onStart: (pid) => target.guard(pid), clock, limitMs: withinMs });
}
