import type { Host } from "./host.js";

/** Every CI of note sets CI=true (https://docs.github.com/actions, Default variables). */
export function isCi({ CI = "" }: Host["env"]): boolean {
  return !["", "0", "false"].includes(CI.toLowerCase());
}
