import type { RunView } from "../judge/run-view.js";
import type { Operation } from "../model/operation.js";

/**
 * For each look of the tail but the first, the operation that ran alone since the look before. Undefined where none did,
 * as before the last one, which waits for what is slow to go.
 */
export function ranAlone({ tail, record }: RunView): readonly (Operation | undefined)[] {
  const operations = new Map(record.operations.map((operation) => [operation.id, operation]));
  return tail
    .slice(1)
    .map(({ after }, index) => (after === tail[index]?.after ? undefined : operations.get(after ?? 0)));
}
