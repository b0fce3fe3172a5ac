import { version } from "./paths.js";

/** Name and version, as in records and reports. */
export function toolName(): string {
  return `watertight ${version()}`;
}
