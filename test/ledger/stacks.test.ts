import { describe, expect, it } from "vitest";
import { type Home, homeOf, ownFrames, placeOf } from "../../src/ledger/stacks.js";
import type { StackFrame } from "../../src/model/origin.js";

const home: Home = { cwd: "/srv/app", installed: undefined, program: "/srv/app/dist/server.js" };

function frames(...files: readonly string[]): StackFrame[] {
  return files.map((file, index) => ({ file, line: index + 1 }));
}

describe("the target's own code", () => {
  it.each<[string, string[], string[]]>([
    ["without Node's", ["node:fs", "node:internal/timers", "/srv/app/a.ts"], ["a.ts"]],
    ["without its dependencies", ["/srv/app/node_modules/ws/lib/ws.js", "/srv/app/a.ts"], ["a.ts"]],
    [
      "or its dependencies', where nothing else is left",
      [
        "node:net",
        "/srv/app/node_modules/ws/lib/ws.js",
        "/srv/app/node_modules/fast/index.js",
        "node:events",
      ],
      ["node_modules/ws/lib/ws.js", "node_modules/fast/index.js"],
    ],
    ["nothing where only Node is", ["node:net", "node:events"], []],
    ["with URLs as paths", ["file:///srv/app/my%20code/a.ts"], ["my code/a.ts"]],
    ["without what has no file", ["<anonymous>", "", "/srv/app/a.ts"], ["a.ts"]],
    ["without the libraries of the system", ["/usr/lib/x86_64-linux-gnu/libc.so.6", "/srv/app/bin"], ["bin"]],
  ])("%s", (_, files, expected) => {
    expect(ownFrames(frames(...files), home).map(({ file }) => file)).toEqual(expected);
  });

  it("of Go, without its standard library and its modules", () => {
    const stack: StackFrame[] = [
      { name: "net/http.(*Server).Serve", file: "/usr/local/go/src/net/http/server.go", line: 3086 },
      { name: "github.com/a/b.Run", file: "/srv/go/pkg/mod/github.com/a/b@v1.0.0/run.go", line: 4 },
      { name: "main.main", file: "/srv/app/main.go", line: 12 },
      { name: "example.org/app/chat.Open", file: "/srv/app/chat/open.go", line: 3 },
    ];
    expect(ownFrames(stack, home).map(placeOf)).toEqual(["main.go:12", "chat/open.go:3"]);
  });
});

describe("paths", () => {
  it.each<readonly [string, { readonly where: Home; readonly file: string }, string]>([
    ["below the folder that it ran in", { where: home, file: "/srv/app/src/a.ts" }, "src/a.ts"],
    [
      "beside its program, where it ran elsewhere",
      { where: { ...home, cwd: "/tmp" }, file: "/srv/app/src/a.ts" },
      "src/a.ts",
    ],
    ["of nothing in common", { where: { ...home, cwd: "/tmp" }, file: "/opt/x/a.ts" }, "/opt/x/a.ts"],
    [
      "of which only the root is in common",
      { where: { ...home, program: "/a.js", cwd: "/" }, file: "/b.js" },
      "/b.js",
    ],
    [
      "of an installed package",
      {
        where: homeOf({
          command: ["/bin/node", "/app/node_modules/@who/srv/bin/srv.js", "--port"],
          cwd: "/app",
        }),
        file: "/app/node_modules/@who/srv/src/plants/fd.ts",
      },
      "src/plants/fd.ts",
    ],
  ])("%s", (_, { where, file }, expected) => {
    expect(ownFrames([{ file, line: 1 }], where).map((frame) => frame.file)).toEqual([expected]);
  });

  it("and a dependency of an installed package is one still", () => {
    const where = homeOf({ command: ["node", "/app/node_modules/srv/bin/srv.js"], cwd: undefined });
    const stack = frames("/app/node_modules/srv/node_modules/ws/ws.js", "/app/node_modules/srv/src/a.js");
    expect(ownFrames(stack, where).map(placeOf)).toEqual(["src/a.js:2"]);
  });
});

it.each<[StackFrame, string]>([
  [{ file: "a.ts", line: 3, name: "grow" }, "a.ts:3"],
  [{ file: "server", name: "open_log" }, "server (open_log)"],
  [{ file: "server" }, "server"],
])("%j is told as %s", (frame, told) => {
  expect(placeOf(frame)).toBe(told);
});
