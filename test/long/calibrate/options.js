import { statedPower } from "../../../dist/judge/power.js";
import { parseArgs } from "node:util";
import { shapes } from "./case.js";

export const usage = `node test/long/calibrate/run.js [options]
  --seeds N          cases per shape and number of batches (default 1000)
  --shape A,B        shapes by name; * stands for anything; public or wide for a whole group
  --batches 20,50    numbers of batches (default 20,50,100)
  --base-seed N      other cases (default: the day, printed)
  --alpha P          false-fail chance of one judgement (default 0.001)
  --power            the power curve instead: share of fail, inconclusive, pass by rate
  --dump NAME/SEEDS  print cases as a JSON array: flapping/17, or flapping/1-100
  --look NAME/SEED   print one case, and the judge's verdict on it
  --json             rows as JSON
  --write            put the table into docs/explanation/judge.md
  --list             names of the shapes`;

/** Options of the command line; throws in words when they make no sense. */
export function optionsOf(words) {
  const text = { type: "string" };
  const flag = { type: "boolean", default: false };
  const { values } = parseArgs({
    args: words,
    options: {
      seeds: { ...text, default: "1000" },
      shape: text,
      batches: { ...text, default: "20,50,100" },
      "base-seed": { ...text, default: new Date().toISOString().slice(0, 10).replaceAll("-", "") },
      alpha: { ...text, default: "0.001" },
      dump: text,
      look: text,
      power: flag,
      json: flag,
      write: flag,
      list: flag,
      help: flag,
    },
  });
  return {
    ...values,
    seeds: wholeNumber("--seeds", values.seeds),
    batches: values.batches.split(",").map((each) => wholeNumber("--batches", each)),
    baseSeed: values["base-seed"],
    rigour: { alpha: Number(values.alpha), power: statedPower, detectPerOperation: undefined },
    shapes: shapesBy(values.shape ?? "*"),
  };
}

function wholeNumber(name, word) {
  const number = Number(word);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`${name} takes whole numbers from 1, not ${word}`);
  return number;
}

/** Shapes whose name or group is among the words. */
export function shapesBy(words) {
  const found = words.split(",").flatMap((word) => {
    const pattern = new RegExp(`^${word.replaceAll(".", "\\.").replaceAll("*", ".*")}$`);
    const matching = shapes.filter(({ name, group }) => group === word || pattern.test(name));
    if (matching.length === 0) throw new Error(`no shape is called ${word}; --list names them`);
    return matching;
  });
  return [...new Set(found)];
}
