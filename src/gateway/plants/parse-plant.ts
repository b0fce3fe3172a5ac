import { distance } from "fastest-levenshtein";
import { type PlantName, plantNames, plants } from "./index.js";

export interface PlantChoice {
  readonly name: PlantName;
  /** Leaks per opportunity. */
  readonly rate: number;
}

/**
 * Reads `NAME` or `NAME:RATE`, such as `fd:0.1`.
 *
 * @returns the choice, or the text of what is wrong with it.
 */
export function parsePlant(text: string): PlantChoice | string {
  const [name = "", rateText, ...rest] = text.split(":");
  if (!isPlantName(name)) return `there is no plant "${name}"${meant(name)}`;
  const rate = rateText === undefined ? plants[name].defaultRate : parseRate(rateText);
  if (rate === undefined || rest.length > 0) {
    return `"${text}" needs a rate above 0 and up to 1 after the colon, such as ${name}:0.1`;
  }
  return { name, rate };
}

function isPlantName(name: string): name is PlantName {
  return Object.hasOwn(plants, name);
}

function parseRate(text: string): number | undefined {
  const rate = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  return rate > 0 && rate <= 1 ? rate : undefined;
}

/** The two nearest plants of those that begin so, or whose name is half right; nothing where there is none. */
function meant(name: string): string {
  const near = [...plantNames]
    .filter((plant) => plant.startsWith(name) || distance(name, plant) <= name.length / 2)
    .sort((a, b) => distance(name, a) - distance(name, b))
    .slice(0, 2);
  return near.length === 0 ? "" : `; did you mean ${near.join(" or ")}?`;
}
