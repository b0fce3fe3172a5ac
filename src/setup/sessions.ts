import type { Project, Session } from "./project.js";
import { allSource, firstOf, sourceOf } from "./sources.js";

const fewPaths = 4;

/** What a session with this server may be, the most telling first. Empty = nothing was seen. */
export function sessionsOf(project: Project): readonly Session[] {
  const source = allSource(project);
  const dependencies = `${project.files.get("package.json") ?? ""}\n${project.files.get("requirements.txt") ?? ""}`;
  return [
    webSocket(project, `${dependencies}\n${source}`),
    events(project),
    http(project),
    tcp(source),
  ].flatMap((session) => session ?? []);
}

const sockets =
  /socket\.io|WebSocketServer|ws\.Server|WebSocket\.Server|express-ws|@fastify\/websocket|gorilla\/websocket|coder\/websocket|nhooyr\.io\/websocket|x\/net\/websocket|gobwas\/ws|websockets\.|from websockets|\.websocket\(|WebSocketResponse|flask_sock|channels/;

function webSocket(project: Project, source: string): Session | undefined {
  if (!sockets.test(source)) return undefined;
  if (/["'`]socket\.io["'`]|python-socketio|import socketio/.test(source)) {
    return { kind: "websocket", path: "/socket.io/?EIO=4&transport=websocket", says: "socket.io" };
  }
  const says = /JSON\.parse|ReadJSON|json\.loads|receive_json|json\.Unmarshal|wsjson/.test(source)
    ? "json"
    : "text";
  return { kind: "websocket", path: socketPath(project) ?? "/", says };
}

const socketPaths: readonly RegExp[] = [
  /Server\(\s*\{[^}]*\bpath:\s*["'`](\/[^"'`]*)["'`]/,
  /\.ws\(\s*["'`](\/[^"'`:*]*)["'`]/,
  /\.get\(\s*["'`](\/[^"'`:*]*)["'`]\s*,\s*\{\s*websocket:\s*true/,
  /\.websocket\(\s*["'](\/[^"'{]*)["']/,
  /(?:pathname|url)\s*(?:===|!==|==|!=)\s*["'`](\/(?:ws|socket|chat|live|stream)[^"'`]*)["'`]/,
];

function socketPath(project: Project): string | undefined {
  const source = allSource(project);
  for (const pattern of socketPaths) {
    const path = firstOf(source, pattern);
    if (path !== undefined) return path;
  }
  return (
    goSocketPath(sourceOf(project, "go")) ??
    firstOf(source, /["'`](\/(?:ws|websocket|socket)\b[^"'`\s{:*]*)["'`]/)
  );
}

const upgrades = /\.Upgrade\(|websocket\.Accept\(|websocket\.Handler|UpgradeHTTP\(/;

/** The route whose handler upgrades the connection: it is named, or written out there. */
function goSocketPath(source: string): string | undefined {
  const named = [...source.matchAll(goRoute)].find(([, , handler = ""]) =>
    upgrades.test(bodyOf(source, handler.split(".").at(-1) ?? "")),
  );
  if (named) return named[1];
  const written = source.split(/(?=HandleFunc\()/).find((part) => goInline.test(part) && upgrades.test(part));
  return written === undefined ? undefined : firstOf(written, goInline);
}

function bodyOf(source: string, name: string): string {
  if (name === "func") return "";
  const after = source.split(new RegExp(`func (?:\\([^)]*\\) )?${name}\\(`))[1] ?? "";
  return after.split(/\nfunc /)[0] ?? "";
}

const goInline = /^HandleFunc\(\s*"(?:GET )?(\/[^"{]*)",\s*func/;
const goRoute = /Handle(?:Func)?\(\s*"(?:GET )?(\/[^"{]*)",\s*([\w.]+)/g;

function events(project: Project): Session | undefined {
  const source = allSource(project);
  if (!/text\/event-stream|EventSourceResponse/.test(source)) return undefined;
  const named = firstOf(source, /["'`](\/(?:events?|stream|sse|subscribe|updates)\b[^"'`\s{:*]*)["'`]/);
  return { kind: "events", path: named ?? pathsOf(source)[0] ?? "/events" };
}

function http(project: Project): Session | undefined {
  const source = allSource(project);
  const paths = pathsOf(source);
  if (paths.length > 0) return { kind: "http", paths: paths.slice(0, fewPaths) };
  const serves =
    /createServer|express\(\)|fastify\(|ListenAndServe|HTTPServer|Flask\(|FastAPI\(|http\.Server/;
  return serves.test(source) && !/net\.createServer/.test(source)
    ? { kind: "http", paths: ["/"] }
    : undefined;
}

const routes: readonly RegExp[] = [
  /\b(?:app|router|server|fastify|api|route|r|mux|e)\.(?:get|GET|Get)\(\s*["'`](\/[^"'`:*{<]*)["'`](?!\s*,\s*\{\s*websocket)/g,
  /@\w+\.(?:get|route)\(\s*["'](\/[^"'{<]*)["']/g,
  /Handle(?:Func)?\(\s*"(?:GET )?(\/[^"{]*)"/g,
  /\b(?:url|pathname|path)\s*===?\s*["'`](\/[^"'`]*)["'`]/g,
];

/** Paths without parts to be filled in, that can be asked for with GET. */
function pathsOf(source: string): string[] {
  const all = routes.flatMap((pattern) => [...source.matchAll(pattern)].map(([, path = ""]) => path));
  return [...new Set(all)].filter((path) => !/\/(ws|websocket|socket|events?|sse|debug\/pprof)\b/.test(path));
}

function tcp(source: string): Session | undefined {
  return /net\.createServer|net\.Listen\(|socketserver|start_server\(|TCPServer\(/.test(source)
    ? { kind: "tcp" }
    : undefined;
}
