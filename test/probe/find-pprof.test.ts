import { createServer } from "node:http";
import { afterEach, expect, it } from "vitest";
import { findPprof, pprofPlace } from "../../src/probe/find-pprof.js";
import { clock, until } from "./fixtures.js";
import { answer, answering, serve, sockets, stopServing } from "./serving.js";

afterEach(stopServing);

/** As net/http/pprof of Go 1.26 prints it, shortened. */
const page = `<html>
<head><title>/debug/pprof/</title></head>
<body>/debug/pprof/<table>
<tr><td>9</td><td><a href='goroutine?debug=1'>goroutine</a></td></tr>
</table><a href="goroutine?debug=2">full goroutine stack dump</a></body></html>`;

it("finds the one that serves pprof, past a page for everything and one that hangs", async () => {
  const origins = [
    await serve(createServer(answer("<html>welcome to /debug/pprof/</html>", "text/html"))),
    await serve(createServer(() => {})),
    await serve(createServer((_, response) => response.writeHead(404).end(page))),
    await serve(answering({ "/debug/pprof/": answer(page, "text/html; charset=utf-8") })),
  ];
  const hasty = { ...clock, sleep: (ms: number, signal?: AbortSignal) => clock.sleep(ms / 10, signal) };
  expect(await findPprof(origins, hasty)).toBe(`${origins[3]}/debug/pprof/`);
  expect(await findPprof(origins.slice(0, 3), hasty)).toBeUndefined();
  await until(() => sockets.size === 0);
});

it("asks no more than 16", async () => {
  let asked = 0;
  const origin = await serve(createServer((_, response) => response.writeHead(404).end(String(asked++))));
  expect(
    await findPprof(
      Array.from({ length: 20 }, () => origin),
      clock,
    ),
  ).toBeUndefined();
  expect(asked).toBe(16);
});

it.each([
  ["/debug/pprof", "http://127.0.0.1:8080/debug/pprof/"],
  ["/inside/pprof/", "http://127.0.0.1:8080/inside/pprof/"],
  ["http://127.0.0.1:6060/debug/pprof", "http://127.0.0.1:6060/debug/pprof/"],
  ["http://localhost:6060/debug/pprof/?x#y", "http://localhost:6060/debug/pprof/"],
  ["http://[::1]:6060/debug/pprof", "http://[::1]:6060/debug/pprof/"],
])("%s is %s", (wanted, endpoint) => {
  expect(pprofPlace(wanted, 8080)).toEqual({ endpoint });
});

it.each([
  [
    "http://10.0.0.7:6060/debug/pprof",
    /^10\.0\.0\.7 is not on this machine's loopback; to fix it: name a path/,
  ],
  ["http://127.0.0.1.evil.example/debug/pprof", /is not on this machine's loopback/],
  ["//evil.example/debug/pprof", /^evil\.example is not on/],
  ["https://127.0.0.1/debug/pprof", /^only http: is spoken here; to fix it/],
  ["http://[", /^it is no URL; to fix it/],
])("%s is refused, with what to do", (wanted, why) => {
  expect(pprofPlace(wanted, 8080)).toEqual({ refused: expect.stringMatching(why) });
});
