// A small HTTP server: node server.mjs PORT [leak]. With `leak` it opens its page for each visit, and never closes it.
import { openSync, readFileSync } from "node:fs";
import { createServer } from "node:http";

const [port, how] = process.argv.slice(2);
const page = process.argv[1];

createServer((request, response) => {
  if (how === "leak") openSync(page);
  response.end(readFileSync(page));
}).listen(Number(port), "127.0.0.1");
