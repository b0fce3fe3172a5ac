import type { WatchShape } from "./simulate.js";

export const shapes: readonly WatchShape[];
