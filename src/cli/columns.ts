import type { Host } from "./host.js";

/** A pipe has no width; a file is read in a window. */
export const widthOfFiles = 100;

/** The columns of stdout. */
export function widthOf({ stdout }: Pick<Host, "stdout">): number {
  return stdout.columns ?? widthOfFiles;
}
