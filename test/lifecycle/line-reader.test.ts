import { getEventListeners, once } from "node:events";
import { connect, createServer } from "node:net";
import { PassThrough, Readable } from "node:stream";
import { afterEach, expect, test, vi } from "vitest";
import { type LineReaderOptions, ProcessManager, readLines } from "../../src/lifecycle/index.js";
import { fixture, held, heldAfter, isAlive, until } from "./held.js";

afterEach(() => void vi.useRealTimers());

/** Streams go on by themselves; silence comes when told to. */
function fakeTimeouts(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
}

interface Reading {
  readonly stream: PassThrough;
  readonly lines: string[];
  readonly done: Promise<string>;
  readonly stop: () => void;
  readonly listenersBefore: number;
}

function reading(options: Partial<LineReaderOptions> = {}): Reading {
  const stream = new PassThrough();
  const listenersBefore = count(stream);
  const lines: string[] = [];
  const onLine = (line: string): void => void lines.push(line);
  return { stream, lines, listenersBefore, ...readLines(stream, { maxLineBytes: 100, onLine, ...options }) };
}

function count(stream: Readable): number {
  return ["data", "end", "close"].reduce((sum, event) => sum + stream.listenerCount(event), 0);
}

const endings: {
  how: string;
  end: (reading: Reading, controller: AbortController) => void;
  done: string;
  lines: string[];
}[] = [
  { how: "its end", end: ({ stream }) => void stream.end(), done: "end", lines: ["one", "tw"] },
  {
    how: "an error",
    end: ({ stream }) => void stream.destroy(new Error("broken")),
    done: "error",
    lines: ["one", "tw"],
  },
  {
    how: "being destroyed",
    end: ({ stream }) => void stream.destroy(),
    done: "closed",
    lines: ["one", "tw"],
  },
  { how: "an abort", end: (_, controller) => controller.abort(), done: "aborted", lines: ["one"] },
  { how: "a stop", end: ({ stop }) => stop(), done: "aborted", lines: ["one"] },
  { how: "silence", end: () => {}, done: "idle", lines: ["one", "tw"] },
];

test.each(endings)("after $how nothing is held", async ({ end, done, lines }) => {
  const controller = new AbortController();
  const tasks = process.getActiveResourcesInfo().length;
  const idleMs = done === "idle" ? 20 : 60_000;
  const read = reading({ signal: controller.signal, idleMs });
  read.stream.write("one\ntw");
  await until(() => read.lines.length > 0);
  end(read, controller);
  expect(await read.done).toBe(done);
  expect(read.lines).toEqual(lines);
  expect(read.stream.destroyed).toBe(true);
  expect(count(read.stream)).toBe(read.listenersBefore);
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(tasks);
  read.stop();
  expect(read.lines).toEqual(lines);
});

test("an error that destroying brings up later is not thrown", async () => {
  const stream = new Readable({
    read: () => {},
    destroy: (_, callback) => callback(new Error("could not close")),
  });
  const reader = readLines(stream, { maxLineBytes: 9, onLine: () => {} });
  reader.stop();
  expect(await reader.done).toBe("aborted");
  await new Promise((resolve) => setImmediate(resolve));
  expect(stream.errored).toEqual(new Error("could not close"));
});

test.each([
  { state: "aborted beforehand", done: "aborted", prepare: () => Promise.resolve(new PassThrough()) },
  {
    state: "destroyed beforehand",
    done: "closed",
    prepare: () => Promise.resolve(new PassThrough().destroy()),
  },
  {
    state: "broken beforehand",
    done: "error",
    prepare: () => {
      const stream = new PassThrough();
      stream.on("error", () => {});
      return Promise.resolve(stream.destroy(new Error("broken")));
    },
  },
  {
    state: "read to its end beforehand",
    done: "end",
    prepare: async () => {
      const stream = Readable.from(["x"]);
      await stream.toArray();
      return stream;
    },
  },
])("a stream that was $state is over at once", async ({ done, prepare }) => {
  const stream = await prepare();
  const signal = done === "aborted" ? AbortSignal.abort() : undefined;
  const reader = readLines(stream, { maxLineBytes: 9, onLine: () => {}, signal });
  expect(await reader.done).toBe(done);
  expect(stream.destroyed).toBe(true);
});

test("reads text as well as bytes", async () => {
  const lines: string[] = [];
  const stream = Readable.from(["é\nb", "c\n"]);
  expect(await readLines(stream, { maxLineBytes: 9, onLine: (line) => lines.push(line) }).done).toBe("end");
  expect(lines).toEqual(["é", "bc"]);
});

test("says which lines are cut", async () => {
  const events: string[] = [];
  const { stream, done } = reading({
    maxLineBytes: 4,
    onTruncated: () => events.push("cut:"),
    onLine: (line) => events.push(line),
  });
  stream.end("ab\n123456\ncd");
  await done;
  expect(events).toEqual(["ab", "cut:", "1234", "cd"]);
});

test("stopping in the middle of a chunk delivers no more of it", async () => {
  const lines: string[] = [];
  const stream = new PassThrough();
  const reader = readLines(stream, {
    maxLineBytes: 9,
    onLine: (line) => {
      lines.push(line);
      reader.stop();
    },
  });
  stream.write("a\nb\nc");
  expect(await reader.done).toBe("aborted");
  expect(lines).toEqual(["a"]);
});

test("what onLine throws is its caller's, and the stream is given back all the same", async () => {
  const { stream, done, listenersBefore } = reading({
    onLine: () => {
      throw new Error("from onLine");
    },
  });
  expect(() => stream.emit("data", Buffer.from("a\nb\n"))).toThrow("from onLine");
  expect(await done).toBe("aborted");
  expect(stream.destroyed).toBe(true);
  expect(count(stream)).toBe(listenersBefore);
});

test("a reader that pauses is not taken for a silent stream", async () => {
  fakeTimeouts();
  const { stream, lines, done } = reading({ idleMs: 20 });
  stream.pause();
  vi.advanceTimersByTime(100);
  expect(stream.destroyed).toBe(false);
  stream.resume();
  stream.end("late\n");
  expect(await done).toBe("end");
  expect(lines).toEqual(["late"]);
});

test("every byte puts the silence off", async () => {
  fakeTimeouts();
  const { stream, lines, done } = reading({ idleMs: 20 });
  for (let i = 0; i < 30; i += 1) {
    stream.write("x");
    await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(19);
  }
  expect(stream.destroyed).toBe(false);
  vi.advanceTimersByTime(1);
  expect(await done).toBe("idle");
  expect(lines).toEqual(["x".repeat(30)]);
});

test("a read that hangs on a socket is abandoned, and the socket closed", async () => {
  const before = held();
  const server = createServer((socket) => {
    // The reader hangs up without a goodbye.
    socket.on("error", () => {});
    socket.write("hello\nhal");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const lines: string[] = [];
  const socket = connect(address.port, "127.0.0.1");
  const { done } = readLines(socket, { maxLineBytes: 99, idleMs: 1000, onLine: (line) => lines.push(line) });
  expect(await done).toBe("idle");
  expect(lines).toEqual(["hello", "hal"]);
  await new Promise((resolve) => server.close(resolve));
  expect(await heldAfter(before)).toEqual(before);
});

test("a pipe that a grandchild holds open does not keep its reader", async () => {
  const before = held();
  const manager = new ProcessManager();
  const started = manager.start({ command: fixture("leaves-runaway.sh") });
  if (!started.errors) throw new Error("no stderr");
  const lines: string[] = [];
  const reader = readLines(started.errors, { maxLineBytes: 99, onLine: () => {} });
  readLines(started.output, { maxLineBytes: 99, onLine: (line) => lines.push(line) });
  expect(await reader.done).toBe("end");
  await started.cleanedUp;
  const runaway = Number(lines[0]?.split(" ")[1]);
  expect(isAlive(runaway)).toBe(true);
  process.kill(runaway, "SIGKILL");
  expect(await heldAfter(before)).toEqual(before);
});
