// Five fresh folders: `watertight init --yes`, and then what it wrote is run. npm run soak:init
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const bin = resolve("bin/watertight.js");

const nodeServer = `import { createServer } from "node:http";
import { WebSocketServer } from "ws";
const server = createServer((request, response) => {
  if (request.url === "/healthz") return response.end("ok");
  response.writeHead(404).end();
});
const sockets = new WebSocketServer({ server, path: "/chat" });
sockets.on("connection", (socket) => socket.on("message", (data) => socket.send(String(data))));
server.listen(process.env.PORT ?? 3000);
`;
const goServer = `package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
)

func main() {
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	http.HandleFunc("/orders", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "[]") })
	log.Fatal(http.ListenAndServe(":"+os.Getenv("PORT"), nil))
}
`;
const pythonServer = `from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/" else 404)
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *args):
        pass

if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", 18765), Handler).serve_forever()
`;
const manifest = { type: "module", scripts: { start: "node server.js" }, dependencies: { ws: "^8" } };

/** What is there, what init exits with and says, and whether what it wrote can be run here. */
const kinds = [
  {
    name: "node",
    files: { "package.json": JSON.stringify(manifest), "server.js": nodeServer },
    before: ["npm", "install", "--no-audit", "--no-fund", "--silent"],
    init: 0,
    runs: true,
  },
  {
    name: "go",
    needs: "go",
    files: { "go.mod": "module example.com/orders\n\ngo 1.21\n", "main.go": goServer },
    init: 0,
    runs: true,
  },
  { name: "python", needs: "python3", files: { "server.py": pythonServer }, init: 0, runs: true },
  {
    name: "compose",
    files: { "compose.yaml": 'services:\n  web:\n    image: nginx:1\n    ports: ["127.0.0.1:8080:80"]\n' },
    init: 3,
    says: "docker compose up --detach --wait",
    runs: false,
  },
  { name: "empty", files: {}, init: 2, says: "watertight init --template", runs: false },
];

const home = mkdtempSync(join(tmpdir(), "watertight-five-"));
let wrong = 0;
try {
  for (const kind of kinds) wrong += tell(kind, attempt(kind));
} finally {
  rmSync(home, { recursive: true, force: true });
}
process.exitCode = wrong === 0 ? 0 : 1;

function attempt(kind) {
  const { name, needs, before } = kind;
  if (needs !== undefined && spawnSync(needs, ["--help"]).error) return { skipped: `there is no ${needs}` };
  const cwd = join(home, name);
  fill(cwd, kind.files);
  if (before) execFileSync(before[0], before.slice(1), { cwd });
  const first = watertight(["init", "--yes"], cwd);
  const wrong = wrongWith(first, kind, cwd);
  if (wrong !== undefined) return { failed: wrong };
  return kind.runs ? ran(cwd) : { done: `init: exit ${first.status}, as it says` };
}

function fill(cwd, files) {
  mkdirSync(cwd);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
}

function wrongWith({ status, stdout, stderr }, { init, says = "" }, cwd) {
  if (status !== init) return `init exited with ${status}: ${stdout}${stderr}`;
  if (!`${stdout}${stderr}`.includes(says)) return `init did not say ${says}`;
  if (!existsSync(join(cwd, "watertight.yaml"))) return undefined;
  const lint = watertight(["scenario", "lint", "watertight.yaml"], cwd);
  return lint.status === 0 ? undefined : lint.stdout;
}

function ran(cwd) {
  const { status, stdout, stderr } = watertight(["run", "watertight.yaml", "--quick", "--no-progress"], cwd);
  const [verdict] = stdout.split("\n");
  return [0, 3].includes(status)
    ? { done: `init: exit 0; run: exit ${status}, ${verdict}` }
    : { failed: stdout + stderr };
}

function watertight(words, cwd) {
  return spawnSync(process.execPath, [bin, ...words], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function tell({ name }, { done, skipped, failed }) {
  console.log(`${name.padEnd(8)} ${done ?? (skipped ? `skipped: ${skipped}` : `FAILED: ${failed}`)}`);
  return failed === undefined ? 0 : 1;
}
