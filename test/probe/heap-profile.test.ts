import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { HeapReader, type HeapProfile } from "../../src/probe/heap-profile.js";

/** Of test/fixtures/probe/go-leak under Go 1.26, after three requests that keep 1 MiB each. */
const recorded = readFileSync(new URL("recorded/heap-debug1.txt", import.meta.url), "utf8");

function heapOf(text: string): HeapProfile {
  const heap = new HeapReader();
  for (const line of text.split("\n")) heap.line(line);
  return heap.end();
}

const statistics = "\n# runtime.MemStats\n# HeapAlloc = 1000\n# Stack = 200 / 300\n";

it("tells what is live, and where most of it was made", () => {
  const { liveBytes, origins } = heapOf(recorded);
  expect(liveBytes).toBe(statistic("HeapAlloc") + statistic("Stack"));
  expect(origins[0]).toMatchObject({
    kind: "memory",
    stack: [{ name: "main.(*hub).serve", line: 33 }, {}, {}, {}, {}],
  });
  // Three of 1 MiB, each sampled with a probability of 1 - e^-2.
  expect(origins[0]?.bytes).toBeGreaterThanOrEqual(2 * 1024 ** 2);
});

it("makes of what was sampled what there is, as pprof does", () => {
  const record = "2: 1024 [9: 4608] @ 0x1\n#\t0x1\tmain.f+0x1\t/m.go:1\n";
  const at = (rate: number) =>
    heapOf(`heap profile: 2: 1024 [9: 4608] @ heap/${rate}\n${record}${statistics}`).origins;
  // 512 bytes each, one sample in 512 KiB: 1 / (1 - e^(-512 / 524288)) = 1024.5.
  expect(at(2 * 524_288)).toMatchObject([{ count: 2049, bytes: 1_049_088 }]);
  expect(at(2)).toMatchObject([{ count: 2, bytes: 1024 }]);
});

it("keeps the largest only, and nothing of what was given back", () => {
  const records = Array.from(
    { length: 3000 },
    (_, n) => `1: ${n} [1: 1] @ 0x1\n#\t0x1\tmain.f+0x1\t/m.go:${n}\n`,
  );
  const { origins } = heapOf(`heap profile: 1: 1 [1: 1] @ heap/2\n${records.join("\n")}${statistics}`);
  expect(origins).toHaveLength(50);
  expect(origins[0]).toMatchObject({ bytes: 2999, stack: [{ line: 2999 }] });
});

it.each([
  ["<html>", /not a heap profile but "<html>"/],
  ["", /not a heap profile but ""/],
  ["heap profile: 0: 0 [0: 0] @ heap/2\n# HeapAlloc = x\n", /cut short/],
  [recorded.slice(0, 2000), /cut short/],
])("refuses %.40j", (text, why) => {
  expect(() => heapOf(text)).toThrow(why);
});

function statistic(name: string): number {
  return Number(new RegExp(`# ${name} = (\\d+)`).exec(recorded)?.[1]);
}
