// The goroutine profile of a large Go program: read and counted in a process of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { fixture } from "./lib.js";

const goroutines = 50_000;
const rounds = 5;

/** Connections of an HTTP server, each at its own addresses: about 1 KB, more than most goroutines take. */
function profile() {
  const frames = [
    ["internal/poll.runtime_pollWait", "runtime/netpoll.go:351"],
    ["internal/poll.(*pollDesc).wait", "internal/poll/fd_poll_runtime.go:84"],
    ["internal/poll.(*FD).Read", "internal/poll/fd_unix.go:165"],
    ["net.(*netFD).Read", "net/fd_posix.go:68"],
    ["net.(*conn).Read", "net/net.go:196"],
    ["net/http.(*connReader).Read", "net/http/server.go:798"],
    ["bufio.(*Reader).fill", "bufio/bufio.go:113"],
    ["net/http.(*conn).readRequest", "net/http/server.go:1047"],
    ["net/http.(*conn).serve", "net/http/server.go:2027"],
  ];
  const one = (id) => {
    const at = `0x${(0xc000000000 + id * 4096).toString(16)}`;
    const calls = frames.map(
      ([name, place]) => `${name}(${at}, {${at}, 0x1000, 0x1000})\n\t/go/src/${place} +0x85\n`,
    );
    const made = `created by net/http.(*Server).Serve in goroutine ${id % 7}\n\t/go/src/net/http/server.go:3464 +0x485\n`;
    return `goroutine ${id} [IO wait, ${id % 90} minutes]:\n${calls.join("")}${made}`;
  };
  return Buffer.from(Array.from({ length: goroutines }, (_, index) => one(index + 10)).join("\n"));
}

async function read(endpoint) {
  const words = ["--import", fixture("tells-peak.js"), fixture("reads-goroutines.js"), endpoint];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [total, seconds] = out.split(" ").map(Number);
  if (total !== goroutines) throw new Error(`${total} goroutines of ${goroutines} were read\n${err}`);
  return { seconds, mib: Number(err.trim().split("\n").at(-1)) / 1024 };
}

export async function goProfileRows() {
  const body = profile();
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/plain; charset=utf-8" }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const runs = [];
  for (let round = 0; round < rounds; round++)
    runs.push(await read(`http://127.0.0.1:${server.address().port}/`));
  server.close();
  const work = `read a Go profile of 50,000 goroutines, ${Math.round(body.length / 1024 ** 2)} MiB`;
  return [
    { work, value: Math.min(...runs.map(({ seconds }) => seconds)), limit: 1, unit: " s" },
    { work: `${work}: memory`, value: Math.max(...runs.map(({ mib }) => mib)), limit: 300, unit: " MiB" },
  ];
}
