import { type PlantChoice, parsePlant } from "../gateway/plants/parse-plant.js";
import { usageProblem } from "../model/problem.js";

/** The plant that `NAME` or `NAME:RATE` stands for. @throws Problem (exit 2) that names the nearest ones. */
export function requirePlant(text: string): PlantChoice {
  const choice = parsePlant(text);
  if (typeof choice === "string") throw usageProblem({ what: choice, fix: "see them all: watertight list" });
  return choice;
}
