import { noRamp, runBatch } from "./batch.js";
import type { Course } from "./course.js";
import { load } from "./load.js";
import { looks, quiet } from "./looks.js";
import { tail } from "./tail.js";

/** Warm-up → baseline → [ batch → settle → snapshot ] × n → drain → snapshot, and on where the judge needs more → tail. */
export async function drive(course: Course): Promise<void> {
  await warmUp(course);
  course.journal.enter("baseline", 0);
  await looks(course, "baseline", 0);
  const loaded = await load(course);
  if (loaded) await tail(course, loaded);
}

async function warmUp(course: Course): Promise<void> {
  const { warmup } = course.scenario.load;
  course.journal.enter("warm-up", 0);
  if (warmup > 0) await runBatch(course, { number: 0, operations: warmup, rampMs: noRamp });
  await quiet(course);
}
