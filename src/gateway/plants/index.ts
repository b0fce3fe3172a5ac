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

/** In the order of the document that the plants re-enact. */
export const plantNames = [
  "zombie",
  "stuck-wait",
  "orphan",
  "context",
  "indexer",
  "pty",
  "scanner",
  "fd",
  "memory",
  "half-closed",
  "rare",
] as const;

export type PlantName = (typeof plantNames)[number];

/** Every leak that can be planted. */
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
