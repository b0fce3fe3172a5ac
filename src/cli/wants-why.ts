import type { Host } from "./host.js";

/**
 * Whether a second pass follows a fail, where neither --why nor --no-why says so: not in CI, where nobody waits for
 * the answer and time is counted. Every CI of note sets CI=true (https://docs.github.com/actions, Default variables).
 */
export function wantsWhy(asked: boolean | undefined, { CI = "" }: Host["env"]): boolean {
  return asked ?? ["", "0", "false"].includes(CI.toLowerCase());
}
