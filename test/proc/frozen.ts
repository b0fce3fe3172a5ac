import { fileURLToPath } from "node:url";

/** The mount point of a frozen tree: `server` (all is well), `hidden` (hidepid), `malformed`. */
export function frozen(name: "server" | "hidden" | "malformed"): string {
  return fileURLToPath(new URL(`frozen/${name}`, import.meta.url));
}
