// Judges all seeds of one task; runs in a worker thread, or where it is called.
import { parentPort } from "node:worker_threads";
import { judgeSeries } from "../../../dist/judge/judge-series.js";
import { caseOf, seriesOf, shapes } from "./case.js";
import { outcomeOf, rowOf } from "./tally.js";

/** One row of the table: `{shape, batches, seeds, baseSeed, rigour}`, the shape by its name. */
export function judgeTask({ shape: name, batches, seeds, baseSeed, rigour }) {
  const shape = shapes.find((each) => each.name === name);
  const outcomes = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const labelled = caseOf(shape, { baseSeed, batches, seed });
    outcomes.push(outcomeOf(labelled, judged(labelled, rigour)));
  }
  return rowOf({ shape, batches }, outcomes);
}

/** A judge that throws has broken on this very case: say which. */
function judged(labelled, rigour) {
  try {
    return judgeSeries(seriesOf(labelled), rigour);
  } catch (error) {
    throw new Error(`the judge threw on ${labelled.name}`, { cause: error });
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.on("message", (task) => parentPort.postMessage(judgeTask(task)));
