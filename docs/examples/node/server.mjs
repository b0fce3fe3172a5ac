// A small HTTP server: node server.mjs PORT [fixed]. Each visit starts a timer; only `fixed` ends it with the visit.
import { createServer } from "node:http";

const [port, how] = process.argv.slice(2);

createServer((request, response) => {
  const heartbeat = setInterval(() => undefined, 1000);
  if (how === "fixed") response.on("close", () => clearInterval(heartbeat));
  response.end("hello");
}).listen(Number(port), "127.0.0.1");
