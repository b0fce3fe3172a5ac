import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RecordLine } from "../../src/model/record.js";
import { RecordReader } from "../../src/model/record-reader.js";
import type { FdEntry, ProcessEntry } from "../../src/model/resource.js";
import type { Watching } from "../../src/model/watching.js";
import type { News } from "../../src/soak/growths.js";
import { watch } from "../../src/soak/watch.js";
import { watchScenario } from "../../src/soak/watch-scenario.js";
import type { AttachedTarget } from "../../src/target/attach.js";
import { FakeClock } from "../support/fake-clock.js";
import { main, targetOf } from "./fakes.js";

const probes = { node: "off", prometheus: undefined, go: "off", threads: "off" } as const;
const nulls = (count: number): FdEntry[] =>
  Array.from({ length: count }, (_, fd) => ({ fd, target: "/dev/null", inode: 0 }));

export interface Watch {
  readonly forMs?: number;
  readonly everySeconds?: number;
  /** How many fds are open, by the seconds that have gone by. */
  readonly fds?: (seconds: number) => number;
  readonly exited?: AttachedTarget["exited"];
  readonly stop?: AbortSignal;
  /** Told of each tick. */
  readonly onTick?: (watching: Watching) => void;
}

export interface WatchSeen {
  readonly lines: readonly RecordLine[];
  readonly text: string;
  readonly news: readonly News[];
}

/** A watch of a target that is not real, by a clock that does not wait. */
export async function watched(asked: Watch = {}): Promise<WatchSeen> {
  const { forMs = 120_000, everySeconds = 10, fds = () => 4, onTick = () => undefined } = asked;
  const clock = new FakeClock();
  const startMs = clock.now();
  const count = (): number => fds((clock.now() - startMs) / 1000);
  const entry = (): ProcessEntry => ({ ...main, fds: nulls(count()), fdCount: count(), softFdLimit: 1024 });
  const target = targetOf({
    sample: () => ({ processes: [entry()], gaps: [] }),
    usage: async () => ({ processes: 1, fds: count(), fdsOfLargest: count(), cpuPercent: 1, rssBytes: 1024 }),
    ...(asked.exited ? { exited: asked.exited } : {}),
  });
  const folder = mkdtempSync(join(tmpdir(), "watertight-watch-"));
  const news: News[] = [];
  const { recordPath } = await watch({
    target: { ...target, roots: [main] },
    named: "pid:7",
    scenario: watchScenario({ name: "pid-7", forMs, everySeconds, probes }),
    forMs,
    everyMs: everySeconds * 1000,
    port: 0,
    notes: ["cannot read something"],
    tool: "watertight test",
    outDir: folder,
    clock,
    procRoot: "/nonexistent",
    stop: asked.stop ?? new AbortController().signal,
    onTick,
    onNews: (piece) => news.push(piece),
  });
  const text = readFileSync(recordPath, "utf8");
  rmSync(folder, { recursive: true });
  return { lines: linesOf(text), text, news };
}

function linesOf(text: string): RecordLine[] {
  const reader = new RecordReader();
  // What the reader takes is a line of a record.
  return text
    .trim()
    .split("\n")
    .map((line, index) => {
      reader.line(line, index + 1);
      return JSON.parse(line) as RecordLine;
    });
}
