import type { Tally } from "../engine/said.js";
import type { Seen } from "./outside.js";

/** A connection that is opened and closed for one request takes a server more, if only in the kernel. */
const leastNsPerOperation = 10_000;

/**
 * Why the load did not land, whatever an engine says; undefined = nothing speaks against it. Each engine opens
 * connections of its own: they are seen open, or so short that they take the target time. That there are fewer of them
 * than operations is no matter, since one may serve many.
 */
export function claimAgainst({ landed }: Tally, { connections, opened, runNs }: Seen): string | undefined {
  if (landed === 0 || runNs >= landed * leastNsPerOperation) return undefined;
  const isUnseen = opened === undefined ? connections === 0 : !opened;
  if (!isUnseen) return undefined;
  const used = `used ${(runNs / 1e6).toFixed(1)} ms of processor time`;
  if (connections === 0) return `the target accepted no connection and ${used}`;
  return `the target was never seen with a connection open and ${used}`;
}
