import { portWayOf } from "./port-way.js";
import type { PortWay, Project, Start } from "./project.js";
import { firstOf, sourceOf } from "./sources.js";

const names = ["main", "app", "server", "wsgi", "asgi", "run", "__main__"];
const inside: PortWay = { kind: "inside" };

/** How a Python project is started: Django, an ASGI or WSGI application, or a file that runs a server. */
export function pythonStarts(project: Project): Start[] {
  const { files } = project;
  const hasPython = [...files.keys()].some((path) => path.endsWith(".py"));
  if (!hasPython) return [];
  const python = interpreter(project);
  const missing = missingOf(project);
  const put = (command: string, from: string, port: PortWay | undefined): Start => ({
    language: "python",
    command: `${python} ${command}`,
    from,
    port,
    missing,
  });
  if (files.has("manage.py"))
    return [put("manage.py runserver --noreload 127.0.0.1:{port}", "manage.py", inside)];
  return [...runningFiles(project), ...applications(project)].map(([command, from, port]) =>
    put(command, from, port),
  );
}

type Found = readonly [command: string, from: string, port: PortWay | undefined];

/** Files that start a server when they are run. */
function runningFiles(project: Project): Found[] {
  const runs = /if __name__ ==|serve_forever\(|asyncio\.run\(|\.run\(\s*(host|port|debug|app)|web\.run_app\(/;
  return inOrder(project)
    .filter(([, text]) => runs.test(text) && /serve|listen|run_app|\.run\(|start_server|Server\(/.test(text))
    .map(([path, text]) => [path, path, portWayOf(text) ?? portWayOf(sourceOf(project, "python"))]);
}

/** Applications that a server of others runs. */
function applications(project: Project): Found[] {
  return inOrder(project).flatMap(([path, text]): Found[] => {
    const module = path.replace(/\.py$/, "").replaceAll("/", ".");
    const asgi = firstOf(text, /^(\w+)\s*(?::[^=\n]+)?=\s*(?:\w+\.)?(?:FastAPI|Starlette|Quart|Litestar)\(/m);
    if (asgi) return [[`-m uvicorn ${module}:${asgi} --host 127.0.0.1 --port {port}`, path, inside]];
    const flask = firstOf(text, /^(\w+)\s*(?::[^=\n]+)?=\s*(?:\w+\.)?Flask\(/m);
    return flask ? [[`-m flask --app ${module}:${flask} run --port {port}`, path, inside]] : [];
  });
}

function inOrder({ files }: Project): (readonly [string, string])[] {
  const rank = (path: string): number => {
    const at = names.indexOf((path.split("/").at(-1) ?? "").replace(/\.py$/, ""));
    return (at === -1 ? names.length : at) + 10 * path.split("/").length;
  };
  return [...files]
    .filter(([path]) => path.endsWith(".py") && !/(^|\/)(tests?|docs?)\/|test_|_test\.py$/.test(path))
    .sort(([a], [b]) => rank(a) - rank(b));
}

function interpreter({ folders }: Project): string {
  const venv = [".venv", "venv", "env"].find((name) => folders.has(name));
  return venv === undefined ? "python3" : `${venv}/bin/python`;
}

function missingOf({ files, folders }: Project): string[] {
  if ([".venv", "venv", "env"].some((name) => folders.has(name))) return [];
  const how = files.has("requirements.txt")
    ? "-r requirements.txt"
    : files.has("pyproject.toml")
      ? "."
      : undefined;
  return how === undefined ? [] : [`python3 -m venv .venv && .venv/bin/pip install ${how}`];
}
