import { portWayOf } from "./port-way.js";
import type { Project, Start } from "./project.js";
import { sourceOf } from "./sources.js";

interface Manifest {
  readonly scripts?: Readonly<Record<string, unknown>>;
  readonly main?: unknown;
  readonly dependencies?: Readonly<Record<string, unknown>>;
}

const scripts = ["start", "serve", "server", "dev"] as const;
const files = ["server", "index", "app", "main", "src/server", "src/index", "src/app", "src/main"];
const file = /^[\w./-]+\.(m|c)?[jt]s$/;

/** How a Node project is started: its scripts, its `main`, or a file whose name says so. */
export function nodeStarts(project: Project): Start[] {
  const text = project.files.get("package.json");
  if (text === undefined) return bareFiles(project).map((start) => start);
  const manifest = parsed(text);
  const missing = missingOf(project, manifest);
  const port = portWayOf(sourceOf(project, "node"));
  const start = (command: string, from: string): Start => ({
    language: "node",
    command,
    from,
    port,
    missing,
  });
  const ofScripts = scripts.flatMap((name) => {
    const script = manifest.scripts?.[name];
    return typeof script === "string" ? [start(direct(script, name), `package.json, scripts.${name}`)] : [];
  });
  if (ofScripts.length > 0) return ofScripts;
  const { main } = manifest;
  if (typeof main === "string" && project.files.has(main.replace(/^\.\//, "")))
    return [start(`node ${main}`, "package.json, main")];
  return bareFiles(project).map((bare) => ({ ...bare, missing }));
}

/** A manifest that cannot be read says nothing. */
function parsed(text: string): Manifest {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** npm stands between a server and its signals, so a script that starts one program only is written out. */
function direct(script: string, name: string): string {
  const words = script.trim().split(/\s+/);
  const isPlain = /^[\w./:=@-]+( +[\w./:=@-]+)*$/.test(script.trim()) && !/^\w+=/.test(script);
  if (isPlain && words[0] === "node") return words.join(" ");
  return name === "start" ? "npm start" : `npm run ${name}`;
}

function missingOf({ folders, files: known }: Project, { dependencies }: Manifest): string[] {
  if (Object.keys(dependencies ?? {}).length === 0 || folders.has("node_modules")) return [];
  return [
    known.has("pnpm-lock.yaml") ? "pnpm install" : known.has("yarn.lock") ? "yarn install" : "npm install",
  ];
}

/** Files that listen, those first whose name says that they are the server. */
function bareFiles(project: Project): Start[] {
  const listening = [...project.files].filter(
    ([path, text]) => file.test(path) && /\.listen\(|Server\(/.test(text),
  );
  const rank = ([path]: readonly [string, string]): number => {
    const at = files.indexOf(path.replace(/\.\w+$/, ""));
    return at === -1 ? files.length : at;
  };
  return listening
    .filter(([path]) => /\.(m|c)?js$/.test(path))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, 3)
    .map(([path, text]) => ({
      language: "node",
      command: `node ${path}`,
      from: path,
      port: portWayOf(text),
      missing: [],
    }));
}
