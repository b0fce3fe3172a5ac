import type { Growth } from "./judge-growth.js";
import type { Life } from "./lives.js";
import type { WatchedView } from "./watched-view.js";

/** Of what came and is there as much as the level has grown by: the oldest, since the young ones may be in use. */
export function leftOf<T>({ span }: WatchedView, { rate, newcomers }: Growth<T>): readonly Life<T>[] {
  return newcomers.all.slice(0, Math.max(1, Math.round(rate * span)));
}
