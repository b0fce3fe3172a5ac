import type { Progress } from "../model/progress.js";
import type { Scenario } from "../model/scenario.js";
import { soak, type SoakOptions } from "../soak/run.js";
import type { Host } from "./host.js";
import { type Judged, judgeRecordFile } from "./judged.js";
import { indexable, ownBin, standInDir, standInGoose } from "./paths.js";
import { procRoot } from "./platform.js";
import { toolName } from "./tool-name.js";
import { wallClock } from "./wall-clock.js";

export interface SoakOne {
  readonly scenario: Scenario;
  readonly quick: boolean;
  readonly plant: string | undefined;
  readonly seed: number;
  readonly outDir: string;
  readonly host: Host;
  /** For a second pass. */
  readonly trace?: SoakOptions["trace"];
  readonly sought?: SoakOptions["sought"];
  readonly attach?: SoakOptions["attach"];
  readonly controls?: SoakOptions["controls"];
  readonly stop: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  readonly onLook?: SoakOptions["onLook"];
}

/** One scenario from start to verdict. The record says where it is: the folder that was asked for may be taken. */
export async function soakOne({ host, ...asked }: SoakOne): Promise<Judged> {
  const { recordPath } = await soak({
    ...asked,
    tool: toolName(),
    gateway: [host.execPath, ownBin, "gateway"],
    values: { goose: standInGoose, dir: indexable },
    pathAppend: [standInDir],
    clock: wallClock,
    procRoot,
  });
  return judgeRecordFile(recordPath, host.cwd());
}
