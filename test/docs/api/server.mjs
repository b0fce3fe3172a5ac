// A small HTTP server: node server.mjs PORT [leak]. With `leak` it opens a file for each visit, and never closes it.
import { openSync } from "node:fs";
import { createServer } from "node:http";

const [port, how] = process.argv.slice(2);

createServer((request, response) => {
  if (how === "leak") openSync("/dev/null");
  response.end("hello");
}).listen(Number(port), "127.0.0.1");
