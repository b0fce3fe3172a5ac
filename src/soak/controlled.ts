import type { Driver } from "../drive/driver.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Controlled } from "./controls.js";
import type { Course } from "./course.js";
import type { HoldBack } from "./hold-back.js";
import { takeSnapshot } from "./snapshot.js";

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
    look: () => aside(course),
  };
}

/** A look wherever the run is. It stands beside the others in the record, for it waits for no quiet. */
async function aside(course: Course): Promise<Snapshot | undefined> {
  const { journal, fate, looking } = course;
  if (fate.dead.aborted) return undefined;
  const snapshot = await looking.run(() =>
    takeSnapshot(
      { ...course, signal: fate.dead, sockets: true },
      { ...journal.at, operations: journal.operations, quiet: false },
    ),
  );
  if (fate.dead.aborted) return undefined;
  journal.aside(snapshot);
  return snapshot;
}
