import { context } from "./context.js";
import { fd } from "./fd.js";
import { halfClosed } from "./half-closed.js";
import { indexer } from "./indexer.js";
import { memory } from "./memory.js";
import { orphan } from "./orphan.js";
import type { PlantDefinition } from "./plant.js";
import { pty } from "./pty.js";
import { rare } from "./rare.js";
import { scanner } from "./scanner.js";
import { stuckWait } from "./stuck-wait.js";
import { zombie } from "./zombie.js";

export type PlantName =
  | "zombie"
  | "stuck-wait"
  | "orphan"
  | "context"
  | "indexer"
  | "pty"
  | "scanner"
  | "fd"
  | "memory"
  | "half-closed"
  | "rare";

/** Every leak that can be planted, in the order of the document that they re-enact. */
export const plants: Readonly<Record<PlantName, PlantDefinition>> = {
  zombie,
  "stuck-wait": stuckWait,
  orphan,
  context,
  indexer,
  pty,
  scanner,
  fd,
  memory,
  "half-closed": halfClosed,
  rare,
};

export const plantNames: readonly PlantName[] = Object.keys(plants) as PlantName[];
