import { isZombie, processKey } from "../../model/resource.js";
import { median } from "../../stats/median.js";
import type { MemorySeries } from "../memory-series.js";
import { sumOf } from "../sum-of.js";
import type { WatchedView } from "./watched-view.js";

/** A fall by so many times the usual step, and by this share of what was held, is a collection. */
const standsOut = 4;
const leastShare = 0.02;

/** How often memory was given back at one stroke while it was watched. */
export function collectionsIn(view: WatchedView, { noun }: Pick<MemorySeries, "noun">): number {
  const values = view.batches.flatMap(({ processes }) => {
    const own = processes.filter((entry) => view.oldHands.has(processKey(entry)) && !isZombie(entry));
    return (
      sumOf(
        own.map(({ memory }) => (noun.startsWith("private") ? memory?.anonymousBytes : memory?.rssBytes)),
      ) ?? []
    );
  });
  const steps = values.slice(1).map((value, index) => value - (values[index] ?? value));
  const usual = median(steps.map(Math.abs)) ?? 0;
  return steps.filter((step, index) => -step > standsOut * usual && -step > leastShare * (values[index] ?? 0))
    .length;
}
