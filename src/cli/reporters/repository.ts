import { existsSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { ReporterContext } from "../../model/reporting.js";
import type { Locate } from "../../report/sources.js";

/** Finds files of stacks in the repository that the tool runs in: GITHUB_WORKSPACE, or the nearest folder with `.git`. */
export function locateIn({ cwd, env }: Pick<ReporterContext, "cwd" | "env">): Locate {
  const root = rootOf(cwd, env["GITHUB_WORKSPACE"]);
  return (file, { record: { run } }) => {
    // A record of another machine knows a folder that is not here.
    for (const folder of [run.cwd, cwd, root]) {
      const path = folder === undefined ? undefined : pathIn(root, resolve(folder, file));
      if (path !== undefined) return path;
    }
    return undefined;
  };
}

function rootOf(cwd: string, workspace: string | undefined): string {
  if (workspace !== undefined && pathIn(workspace, cwd) !== undefined) return workspace;
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (folder === dirname(folder)) return cwd;
  }
}

/** From the root, with `/`; undefined where it is not in there, not on the disk, or of a dependency. */
function pathIn(root: string, path: string): string | undefined {
  try {
    const inside = relative(realpathSync(root), realpathSync(path));
    const isOutside = isAbsolute(inside) || inside.split(sep)[0] === "..";
    return isOutside || inside.includes("node_modules") ? undefined : inside.split(sep).join("/");
  } catch {
    // It does not exist, or is no path at all.
    return undefined;
  }
}
