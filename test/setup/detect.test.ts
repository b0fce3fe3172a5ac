import { describe, expect, it } from "vitest";
import { parsePortWay, parseSession, portWayText, sessionText } from "../../src/setup/answers.js";
import { hintsFor } from "../../src/setup/hints.js";
import { portWayOf } from "../../src/setup/port-way.js";
import type { PortWay, Project, Session } from "../../src/setup/project.js";
import { secondTry } from "../../src/setup/second-try.js";
import { sessionsOf } from "../../src/setup/sessions.js";
import { startsOf } from "../../src/setup/starts.js";
import { templateAnswers } from "../../src/setup/template.js";

function project(files: Readonly<Record<string, string>>, part: Partial<Project> = {}): Project {
  return { name: "app", files: new Map(Object.entries(files)), folders: new Set(), listeners: [], ...part };
}

const ports: readonly (readonly [string, string | undefined])[] = [
  ["server.listen(process.env.PORT ?? 3000)", "PORT"],
  ['const p = process.env["HTTP_PORT"]', "HTTP_PORT"],
  ['port := os.Getenv("PORT")', "PORT"],
  ['port = int(os.environ.get("PORT", 8000))', "PORT"],
  ['p = os.environ["APP_PORT"]', "APP_PORT"],
  ['flag.Int("port", 8080, "port")', "-port {port}"],
  ['addr := flag.String("addr", ":8080", "address")', "-addr 127.0.0.1:{port}"],
  ['parser.add_argument("-p", "--port", type=int)', "--port {port}"],
  ["const port = Number(process.argv[2])", "{port}"],
  ["app.listen(3000)", "3000"],
  ["new WebSocketServer({ port: 8080 })", "8080"],
  ['http.ListenAndServe(":9090", nil)', "9090"],
  ['serve(handler, "localhost", 8765)', "8765"],
  ["console.log(1)", undefined],
];

const sessions: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
  [
    "ws at a path",
    { "a.js": 'import { WebSocketServer } from "ws"; new WebSocketServer({ server, path: "/chat" })' },
    ["websocket /chat"],
  ],
  [
    "socket.io",
    { "a.js": 'import { Server } from "socket.io"' },
    ["websocket /socket.io/?EIO=4&transport=websocket"],
  ],
  [
    "FastAPI",
    {
      "main.py":
        'app = FastAPI()\n@app.get("/items")\ndef a(): ...\n@app.websocket("/live")\nasync def b(ws): ...',
    },
    ["websocket /live", "http /items"],
  ],
  [
    "gorilla, by the name of the handler",
    {
      "main.go":
        'import "github.com/gorilla/websocket"\nfunc main() { http.HandleFunc("/healthz", ok); http.HandleFunc("/session", join) }\nfunc ok(w, r) {}\nfunc join(w, r) { c, _ := up.Upgrade(w, r, nil) }',
    },
    ["websocket /session", "http /healthz /session"],
  ],
  [
    "Express",
    { "a.js": 'const app = express(); app.get("/a", f); app.get("/a/:id", f); app.post("/b", f)' },
    ["http /a"],
  ],
  [
    "events",
    { "a.js": 'r.setHeader("content-type", "text/event-stream"); if (url === "/events") {}' },
    ["events /events"],
  ],
  ["raw TCP", { "a.js": "net.createServer(f).listen(1)" }, ["tcp"]],
  ["tests are not the program", { "test/a.test.js": 'new WebSocketServer({ path: "/x" })' }, []],
];

const starts: readonly (readonly [string, Project, string | undefined, PortWay["kind"] | undefined])[] = [
  [
    "a start script of node's",
    project({ "package.json": '{"scripts":{"start":"node server.js"}}', "server.js": "process.env.PORT" }),
    "node server.js",
    "variable",
  ],
  [
    "any other start script",
    project({ "package.json": '{"scripts":{"start":"A=1 tsx a.ts"}}' }),
    "npm start",
    undefined,
  ],
  [
    "main",
    project({ "package.json": '{"main":"app.js"}', "app.js": "x.listen(3000)" }),
    "node app.js",
    "fixed",
  ],
  ["a bare file", project({ "server.js": "x.listen(3000)", "other.js": "1" }), "node server.js", "fixed"],
  [
    "a broken package.json",
    project({ "package.json": "{", "server.js": "x.listen(3000)" }),
    "node server.js",
    "fixed",
  ],
  [
    "Flask",
    project({ "app.py": "from flask import Flask\napp = Flask(__name__)" }),
    "python3 -m flask --app app:app run --port {port}",
    "inside",
  ],
  [
    "FastAPI with a venv",
    project({ "main.py": "api = FastAPI()" }, { folders: new Set([".venv"]) }),
    ".venv/bin/python -m uvicorn main:api --host 127.0.0.1 --port {port}",
    "inside",
  ],
  [
    "Django",
    project({ "manage.py": "" }),
    "python3 manage.py runserver --noreload 127.0.0.1:{port}",
    "inside",
  ],
  ["a Procfile", project({ Procfile: "web: ./serve --port $PORT\n" }), "./serve --port {port}", "inside"],
  [
    "a Procfile with a shell's words",
    project({ Procfile: "web: A=1 ./serve\n" }),
    'sh -c "exec A=1 ./serve"',
    "variable",
  ],
  [
    "a process that listens",
    project({}, { listeners: [{ port: 8081, pid: 7, words: ["./serve", "--port=8081"] }] }),
    "./serve --port={port}",
    "inside",
  ],
  ["a Dockerfile", project({ Dockerfile: 'EXPOSE 80\nCMD ["./serve", "-v"]' }), "./serve -v", "fixed"],
  [
    "Compose",
    project({ "compose.yaml": 'services: {web: {image: x, ports: ["${P:-8080}:80"]}}' }),
    "",
    "fixed",
  ],
  ["Compose without ports", project({ "compose.yaml": "services: {web: {image: x}}" }), undefined, undefined],
  ["a Compose file that is none", project({ "compose.yaml": "[" }), undefined, undefined],
  ["nothing", project({}), undefined, undefined],
];

describe("what is seen", () => {
  it.each(ports)("of the port: %s", (source, way) => {
    const found = portWayOf(source);
    expect(found && portWayText(found)).toBe(way);
  });

  it.each(sessions)("of the sessions: %s", (_name, files, said) => {
    expect(sessionsOf(project(files)).map(sessionText)).toEqual(said);
  });

  it.each(starts)("of the start: %s", (...row) => {
    const [, seen, command, port] = row;
    const [start] = startsOf(seen);
    expect(start?.command).toBe(command);
    expect(start?.port?.kind).toBe(port);
  });

  it("builds a Go program before it starts it", () => {
    const files = {
      "go.mod": "module example.com/orders\n",
      "cmd/api/main.go": "package main\nfunc main() {}",
    };
    expect(startsOf(project(files))[0]?.command).toMatch(
      /^sh -c 'go build -o "[^"]+api-soak" \.\/cmd\/api && exec /,
    );
  });

  it("says what has to be installed first", () => {
    const node = project({ "package.json": '{"scripts":{"start":"node a.js"},"dependencies":{"ws":"8"}}' });
    const python = project({ "requirements.txt": "flask", "app.py": "app = Flask(__name__)" });
    expect(startsOf(node)[0]?.missing).toEqual(["npm install"]);
    expect(startsOf(python)[0]?.missing).toEqual([
      "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt",
    ]);
  });
});

describe("an answer", () => {
  it.each(["websocket /ws", "events /stream", "http / /healthz", "tcp"])("%s is understood", (text) => {
    const session = parseSession(text);
    expect(session && sessionText(session)).toBe(text);
  });

  it.each(["", "udp", "websocket ws", "tcp /x", "constructor"])("%s is not", (text) => {
    expect(parseSession(text)).toBeUndefined();
  });

  it.each(["PORT", "8080", "--port", "-addr :{port}"])("%s is a port", (text) =>
    expect(parsePortWay(text)).toBeDefined(),
  );
  it.each(["", "0", "99999", "two words", "--"])("%s is no port", (text) =>
    expect(parsePortWay(text)).toBeUndefined(),
  );
});

const websocket: Session = { kind: "websocket", path: "/", says: "text" };
const answers = {
  ...templateAnswers,
  port: { kind: "variable", name: "PORT" } as const,
  sessions: [websocket],
};

describe("after a trial that went badly", () => {
  it("the port that the server takes is tried, then a session that says nothing, then nothing", () => {
    const first = secondTry(answers, { landed: 0, ports: [3000], text: "" });
    expect(first?.port).toEqual({ kind: "fixed", port: 3000 });
    const second = first && secondTry(first, { landed: 2, ports: [3000], text: "" });
    expect(second?.sessions).toEqual([{ ...websocket, says: "nothing" }]);
    expect(second && secondTry(second, { landed: 2, ports: [3000], text: "" })).toBeUndefined();
  });

  it.each([
    ["Error: Cannot find module 'ws'", "ws is not installed: npm install"],
    ["ModuleNotFoundError: No module named 'fastapi'", "fastapi is not installed: pip install fastapi"],
    ["spawn ./serve ENOENT", "there is no program ./serve on the PATH"],
    ["main.go:4: missing go.sum entry for module", "run first: go mod tidy"],
    ["sh: 1: uvicorn: not found", "there is no program uvicorn on the PATH"],
  ])("%s", (text, hint) => {
    expect(hintsFor({ answers, text, ports: [], others: [] })).toEqual([hint]);
  });

  it("says on which port the server listens instead", () => {
    expect(hintsFor({ answers, text: "", ports: [3000], others: [] })).toEqual([
      "it listens on port 3000, and not on the one that the variable PORT tells it",
    ]);
  });
});
