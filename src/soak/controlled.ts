import type { Driver } from "../drive/driver.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Controlled } from "./controls.js";
import type { Course } from "./course.js";
import type { HoldBack } from "./hold-back.js";
import { type Looker, takeSnapshot } from "./snapshot.js";

interface Handles {
  readonly driver: Pick<Driver, "openSessions">;
  readonly holdBack: HoldBack;
}

/** A run under way, as somebody who looks on may steer it. */
export function controlled(course: Course, { driver, holdBack }: Handles): Controlled {
  return {
    onPause: () => holdBack.pause(),
    onResume: () => holdBack.resume(),
    onSuspend: () => holdBack.suspend(),
    busy: () => driver.openSessions + course.looking.size,
    look: () => aside({ ...course, signal: course.fate.dead }, course),
  };
}

/** A look wherever the run is. It stands beside the others in the record, for it waits for no quiet. */
export async function aside(
  looker: Looker,
  { journal, fate, looking }: Pick<Course, "journal" | "fate" | "looking">,
): Promise<Snapshot | undefined> {
  if (fate.dead.aborted) return undefined;
  const moment = { ...journal.at, operations: journal.operations, quiet: false };
  const snapshot = await looking.run(() => takeSnapshot({ ...looker, sockets: true }, moment));
  if (fate.dead.aborted) return undefined;
  journal.aside(snapshot);
  return snapshot;
}
