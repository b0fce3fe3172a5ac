import { isCi } from "./ci.js";
import type { Host } from "./host.js";

/**
 * Whether a second pass follows a fail, where neither --why nor --no-why says so: not in CI, where nobody waits for
 * the answer and time is counted.
 */
export function wantsWhy(asked: boolean | undefined, env: Host["env"]): boolean {
  return asked ?? !isCi(env);
}
