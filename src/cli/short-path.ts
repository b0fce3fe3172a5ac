import { relative } from "node:path";

/** Relative where that is shorter: below the folder that the user stands in. */
export function shortPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short === "" || short.startsWith("..") ? path : short;
}
