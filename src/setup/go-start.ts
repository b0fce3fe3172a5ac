import { portWayOf } from "./port-way.js";
import type { Project, Start } from "./project.js";
import { sourceOf } from "./sources.js";

/** Each main package of a Go module. It is built and then started: `go run` would stand between it and its signals. */
export function goStarts(project: Project): Start[] {
  if (!project.files.has("go.mod")) return [];
  const port = portWayOf(sourceOf(project, "go"));
  return mainPackages(project).map((folder) => {
    const name = programName(project, folder);
    const target = folder === "" ? "." : `./${folder}`;
    // In the working folder's own build cache the second time costs nothing.
    const command = `sh -c 'go build -o "\${TMPDIR:-/tmp}/${name}" ${target} && exec "\${TMPDIR:-/tmp}/${name}" "$@"' ${name}`;
    const from = folder === "" ? "go.mod, package main" : `go.mod, package main in ${folder}`;
    return { language: "go", command, from, port, missing: [], slow: true };
  });
}

function mainPackages({ files }: Project): string[] {
  const folders = [...files]
    .filter(
      ([path, text]) => path.endsWith(".go") && !path.endsWith("_test.go") && /^package main\b/m.test(text),
    )
    .filter(([, text]) => /\bfunc main\(\)/.test(text))
    .map(([path]) => path.slice(0, Math.max(0, path.lastIndexOf("/"))));
  return [...new Set(folders)].sort((a, b) => a.length - b.length).slice(0, 3);
}

function programName({ name, files }: Project, folder: string): string {
  const module = /^module\s+(\S+)/m.exec(files.get("go.mod") ?? "")?.[1];
  const last = (folder || module || name).split("/").at(-1) ?? "";
  return `${last.replace(/\W+/g, "-") || "server"}-soak`;
}
