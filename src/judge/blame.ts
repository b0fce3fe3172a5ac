import type { Operation } from "../model/operation.js";
import type { FdEntry } from "../model/resource.js";
import { groupBy, listGroups } from "./evidence.js";
import type { RunView } from "./run-view.js";

const mostExamples = 3;

/**
 * Which operations left these sockets: the peer of the target's end is the local port of the driver's end.
 * A port that was used again names its last user.
 */
export function blameLines(view: RunView, fds: readonly FdEntry[]): string[] {
  const users = new Map<number, Operation>();
  for (const operation of view.record.operations) {
    for (const port of operation.localPorts) users.set(port, operation);
  }
  const blamed = fds.flatMap(({ socket }) => {
    const operation = socket && users.get(portOf(socket.peer));
    return operation ? [operation] : [];
  });
  if (blamed.length === 0) return [];
  const examples = blamed.slice(0, mostExamples).map(describe);
  return [
    `left by flow ${listGroups(groupBy(blamed, ({ flow }) => flow))}, for example ${examples.join(", ")}`,
  ];
}

function portOf(address: string): number {
  return Number(/:(\d+)$/.exec(address)?.[1] ?? Number.NaN);
}

function describe({ id, flow, batch, outcome, step }: Operation): string {
  const where = step === undefined ? outcome : `${outcome} at step ${step}`;
  return `operation ${id} (${flow}, batch ${batch}, ${where})`;
}
