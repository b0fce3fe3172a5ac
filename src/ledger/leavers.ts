import type { Finding, LeavingOperation } from "../model/finding.js";
import { examplesOf } from "./left-by.js";
import { like, type Seen } from "./made-things.js";
import { kindOf } from "./parts.js";

/** Who left it, as the first pass knows; where that saw nobody, who was seen to leave the same in the second. */
export function leaversIn(seen: Seen, { by, resources, flows }: Finding): Finding["by"] {
  if (by === undefined || by.examples.length > 0) return by;
  const parts = [...new Map(resources.map((found) => [found.criterion, found.resource]))].map(
    ([id, resource]) => {
      const left = like(id, resource, seen.things).flatMap(({ leftover }) => leftover ?? []);
      return { criterion: id, left, kinds: new Set(left.map(kindOf)) };
    },
  );
  const examples = examplesOf({ ...seen, parts, flows, rises: [] });
  return { ...by, examples: examples.map(inSecondPass) };
}

/** Its number is of another record. */
function inSecondPass(example: LeavingOperation): LeavingOperation {
  return { ...example, because: `in the second pass (record in why/), ${example.because}` };
}
