import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameOfDump, frameOfProfile, frameText, isStandard } from "../../src/probe/go-frame.js";
import { GoroutineDump } from "../../src/probe/goroutine-dump.js";
import { parseGoroutineProfile } from "../../src/probe/goroutine-profile.js";
import { countsByType, type Goroutines, maxGroups, originsOf, typeOf } from "../../src/probe/goroutines.js";

/** Of test/fixtures/probe/go-leak under Go 1.26, after three requests that leak and one that is stuck. */
function recorded(name: string): string {
  return readFileSync(new URL(`recorded/${name}.txt`, import.meta.url), "utf8");
}

function dumped(text: string, isCut = false): Goroutines {
  const dump = new GoroutineDump();
  for (const line of text.split("\n")) dump.line(line);
  return dump.end(isCut);
}

const leaked = "created by main.(*hub).serve at main.go:30";

describe("a recorded profile", () => {
  it("with debug=2 tells who started the goroutines, without those that answered", () => {
    const seen = dumped(recorded("goroutine-debug2"));
    expect(seen.total).toBe(7);
    expect(countsByType(seen)).toEqual({
      [leaked]: 3,
      "in main.main at main.go:67": 1,
      "created by main.main at main.go:63": 1,
      "in main.stuck at main.go:45": 1,
      "created by net/http.(*connReader).startBackgroundRead at server.go:698": 1,
    });
  });

  it("with debug=1 tells where they are, and counts as many", () => {
    const seen = parseGoroutineProfile(recorded("goroutine-debug1"));
    expect(seen.total).toBe(7);
    expect(countsByType(seen)).toMatchObject({
      "in main.(*hub).work at main.go:39": 3,
      "in main.stuck at main.go:45": 1,
      "in net/http.(*connReader).backgroundRead at server.go:702": 1,
    });
  });

  it("gives origins that begin with the go statement", () => {
    const [first] = originsOf(dumped(recorded("goroutine-debug2")));
    expect(first).toEqual({
      kind: "task",
      type: leaked,
      count: 3,
      stack: [
        { name: "main.(*hub).serve", file: "/src/go-leak/main.go", line: 30 },
        { name: "main.(*hub).work", file: "/src/go-leak/main.go", line: 39 },
      ],
      retainedBy: "chan receive in main.(*hub).work at main.go:39",
      blockedMinutes: undefined,
    });
  });

  it("with debug=1 that breaks off is refused", () => {
    const text = recorded("goroutine-debug1").slice(0, 900);
    expect(() => parseGoroutineProfile(text)).toThrow(/cut short: it tells of 4 goroutines of 9/);
  });

  it("with debug=2 that breaks off does not count half of a stack", () => {
    const text = recorded("goroutine-debug2");
    expect(dumped(text.slice(0, text.lastIndexOf("\nmain.stuck")), true).total).toBe(4);
  });
});

describe("a dump that tells who started the starters", () => {
  const watcher = (id: number, caller: string, line: number): string => `goroutine ${id} [select]:
os/exec.(*Cmd).watchCtx(0x1, 0x2)
	/usr/local/go/src/os/exec/exec.go:822 +0x3e6
created by os/exec.(*Cmd).Start in goroutine 24
	/usr/local/go/src/os/exec/exec.go:783 +0x8f5
[originating from goroutine 24]:
os/exec.(*Cmd).Start(...)
	/usr/local/go/src/os/exec/exec.go:786 +0x8f5
main.${caller}(...)
	/src/gateway/run.go:${line} +0x248
main.${caller}(...)
	/src/gateway/run.go:${line} +0x154
created by main.submit
	/src/gateway/service.go:139 +0x267
`;
  const seen = dumped([watcher(1, "run", 87), watcher(2, "run", 87), watcher(3, "probe", 12)].join("\n"));

  it("gives origins with the stack of the go statement", () => {
    expect(originsOf(seen).map(({ count, stack }) => [count, stack?.map(({ name }) => name)])).toEqual([
      [2, ["os/exec.(*Cmd).Start", "main.run", "os/exec.(*Cmd).watchCtx"]],
      [1, ["os/exec.(*Cmd).Start", "main.probe", "os/exec.(*Cmd).watchCtx"]],
    ]);
  });

  it("counts them under the go statement, as without it", () => {
    expect(countsByType(seen)).toEqual({ "created by os/exec.(*Cmd).Start at exec.go:783": 3 });
  });
});

const writer = `goroutine 9 [running]:
runtime/pprof.writeGoroutineStacks({0x1, 0x2})
	/go/src/runtime/pprof/pprof.go:819 +0x6b
net/http.(*conn).serve(0x1, {0x2, 0x3})
	/go/src/net/http/server.go:2067 +0x690
`;
const reader = `net/http.(*connReader).backgroundRead(0xc0)
	/go/src/net/http/server.go:702 +0x33
created by net/http.(*connReader).startBackgroundRead`;
const place = "	/go/src/net/http/server.go:698 +0xb6\n";

function worker(id: number, status: string): string {
  return `goroutine ${id} [${status}]:
main.work(0xc0000${id}, {0x1, ...})
	/src/main.go:39 +0x1d
created by main.serve in goroutine 1
	/src/main.go:30 +0xd1
`;
}

describe("a dump of goroutines", () => {
  it("takes those as one group that differ in arguments only, and the longest wait of them", () => {
    const text = [
      worker(1, "select, 3 minutes"),
      worker(2, "select, 12 minutes, locked to thread"),
      worker(3, "select"),
    ];
    const { groups } = dumped(text.join("\n"));
    expect(groups).toMatchObject([{ count: 3, blockedMinutes: 12, state: "select" }]);
  });

  it.each([
    ["labels", 'goroutine 7 [select labels:{"a": "b]c"}]:'],
    ["pointers", "goroutine 7 gp=0xc000002380 m=nil [select]:"],
    ["a bubble", "goroutine 7 [select (durable), synctest bubble 1]:"],
  ])("reads a title with %s", (_, title) => {
    expect(dumped(`${title}\nmain.work()\n\t/src/main.go:3 +0x1\n`).total).toBe(1);
  });

  it("passes over frames that are left out, ancestors and stacks that are not there", () => {
    const elided = `goroutine 7 [select]:
main.work()
	/src/main.go:3 +0x1
...12 frames elided...
main.root()
	/src/main.go:9 +0x1

goroutine 8 [running]:
	goroutine running on other thread; stack unavailable
created by main.serve in goroutine 1
	/src/main.go:30 +0xd1
`;
    const seen = dumped(elided);
    expect(seen.groups[0]?.frames.map(({ line }) => line)).toEqual([3, 9]);
    expect(countsByType(seen)).toEqual({
      "in main.work at main.go:3": 1,
      "created by main.serve at main.go:30": 1,
    });
  });

  it.each([
    ["its creator", `${reader} in goroutine 9\n${place}`, `${reader} in goroutine 5\n${place}`],
    ["its number alone before Go 1.21", `${reader}\n${place}`, `${reader}\n${place}`],
  ])("leaves out one reader in the background, known by %s", (_, ours, theirs) => {
    const text = `${writer}\ngoroutine 10 [IO wait]:\n${ours}\ngoroutine 11 [IO wait]:\n${theirs}`;
    expect(dumped(text).total).toBe(1);
  });

  it("leaves out the connection's goroutine where a time-out handler stands between", () => {
    const created =
      "created by net/http.(*timeoutHandler).ServeHTTP in goroutine 4\n\t/go/src/net/http/server.go:1 +0x1\n";
    const connection =
      "goroutine 4 [select]:\nnet/http.(*conn).serve(0x1)\n\t/go/src/net/http/server.go:2067 +0x690\n";
    const readers = `goroutine 10 [IO wait]:\n${reader} in goroutine 4\n${place}`;
    expect(dumped(`${writer}${created}\n${connection}\n${readers}\n${worker(3, "select")}`).total).toBe(1);
  });

  it("counts past as many stacks as it keeps", () => {
    const text = Array.from(
      { length: maxGroups + 5 },
      (_, line) => `goroutine ${line} [select]:\nmain.f()\n\t/m.go:${line}\n`,
    );
    const seen = dumped(text.join("\n"));
    expect(seen).toMatchObject({ total: maxGroups + 5, ungrouped: 5 });
    const counts = countsByType(seen);
    expect(Object.keys(counts)).toHaveLength(201);
    expect(counts["elsewhere"]).toBe(maxGroups + 5 - 200);
  });

  it.each([
    ["<html>", /line 1 is no goroutine: "<html>"/],
    [`${worker(1, "select")}\n\u0000\u0001`, /line 7 is no goroutine/],
    ["", /no goroutine in it/],
    ["\n\n", /no goroutine in it/],
  ])("refuses %j", (text, why) => {
    expect(() => dumped(text)).toThrow(why);
  });

  it("never counts more than there are titles, whatever lies between", () => {
    const piece = fc.constantFrom(
      "goroutine 1 [x]:",
      "main.f()",
      "\t/m.go:1 +0x1",
      "",
      "created by main.g",
      "...",
      "\t",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (lines) => {
        try {
          const { total, groups } = dumped(["goroutine 1 [x]:", ...lines].join("\n"));
          expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(total);
          expect(total).toBeLessThanOrEqual(1 + lines.filter((line) => line.startsWith("goroutine")).length);
        } catch (error) {
          expect(String(error)).toMatch(/is no goroutine/);
        }
      }),
    );
  });
});

describe("a profile with debug=1", () => {
  it.each([
    ["<html>", /not a goroutine profile but "<html>"/],
    ["", /not a goroutine profile but ""/],
    ["goroutine profile: total 5\n2 @ 0x1\n#\t0x1\tmain.f+0x1\t/m.go:1\n", /it tells of 2 goroutines of 5/],
  ])("refuses %j", (text, why) => {
    expect(() => parseGoroutineProfile(text)).toThrow(why);
  });

  it("reads labels and addresses without a symbol", () => {
    const text =
      'goroutine profile: total 2\n2 @ 0x1 0x2\n# labels: {"a":"b"}\n#\t0x1\n#\t0x2\tmain.f+0x1\t\t/m.go:1\n';
    expect(parseGoroutineProfile(text).groups).toEqual([
      { count: 2, frames: [{ name: "main.f", file: "/m.go", line: 1 }] },
    ]);
  });
});

describe("a frame", () => {
  it.each([
    ["main.(*Hub[...]).serve(0x1, {0x2, ...})", "main.(*Hub[...]).serve"],
    ["main.main.func1()", "main.main.func1"],
    ["main.work(...)", "main.work"],
    ["created by main.main", "created by main.main"],
  ])("%s is of %s", (call, name) => {
    expect(frameOfDump(call, "/a b/m.go:12 +0x1d")).toEqual({ name, file: "/a b/m.go", line: 12 });
  });

  it("without a line has a file only", () => {
    expect(frameOfDump("main.f()", "?")).toEqual({ name: "main.f", file: "?" });
    expect(frameOfProfile("#\t0x1\tmain.f+0x1\t\t?")).toEqual({ name: "main.f", file: "?" });
    expect(frameText({ name: "main.f", file: "?" })).toBe("main.f at ?");
  });

  it.each([
    ["net/http.(*conn).serve", true],
    ["net.(*conn).Read", true],
    ["vendor/golang.org/x/net/http2.f", true],
    ["internal/poll.runtime_pollWait", true],
    ["main.main", false],
    ["go.uber.org/zap.New", false],
    ["github.com/a/b/net.Dial", false],
    ["network.Dial", false],
  ])("%s of the standard library: %s", (name, is) => {
    expect(isStandard({ name, file: "" })).toBe(is);
  });

  it("of a goroutine without any stands for it nowhere", () => {
    expect(typeOf({ count: 1, frames: [] })).toBe("elsewhere");
  });
});
