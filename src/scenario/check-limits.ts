import type { FileLoad } from "./file.js";
import type { Mistake, Path } from "./mistake.js";
import { ms } from "./units.js";

/**
 * How far the run may go on must be in the measure that ends it, and no less than what is planned.
 * @param operations what is planned; undefined when a duration rules, or when the power asked for does
 */
export function checkLimits(load: FileLoad, operations: number | undefined, path: Path): readonly Mistake[] {
  return load.duration === undefined ? checkOperations(load, operations, path) : checkDuration(load, path);
}

function checkOperations(load: FileLoad, operations: number | undefined, path: Path): readonly Mistake[] {
  const { maxOperations, maxDuration } = load;
  if (maxDuration !== undefined) return [otherMeasure(["maxDuration", "maxOperations"], "operations", path)];
  if (maxOperations === undefined || operations === undefined || maxOperations >= operations) return [];
  return [
    {
      path: [...path, "maxOperations"],
      text: `${maxOperations} operations at most are fewer than the ${operations} that are planned`,
      fix: `write \`maxOperations: ${operations}\` or more, or fewer \`operations\``,
    },
  ];
}

function checkDuration(
  { duration = "", maxOperations, maxDuration }: FileLoad,
  path: Path,
): readonly Mistake[] {
  if (maxOperations !== undefined)
    return [otherMeasure(["maxOperations", "maxDuration"], "a duration", path)];
  if (maxDuration === undefined || ms(maxDuration) >= ms(duration)) return [];
  return [
    {
      path: [...path, "maxDuration"],
      text: `${maxDuration} at most is less than the ${duration} that is planned`,
      fix: `write \`maxDuration: ${duration}\` or more, or a shorter \`duration\``,
    },
  ];
}

function otherMeasure([wrong, right]: readonly [string, string], end: string, path: Path): Mistake {
  return {
    path: [...path, wrong],
    atKey: true,
    text: `\`${wrong}\` cannot end this run: it ends by ${end}`,
    fix: `write \`${right}\` in place of \`${wrong}\``,
  };
}
