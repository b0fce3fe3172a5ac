import { afterEach, describe, expect, it } from "vitest";
import type { CdpClient } from "../../src/probe/cdp-client.js";
import { HeapComparison } from "../../src/probe/heap-comparison.js";

const open: HeapComparison[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((comparison) => comparison.close()));
});

/** Of a target that gives these chunks for its heap. */
function comparisonOf(chunks: Iterable<unknown>): HeapComparison {
  const target: Pick<CdpClient, "request" | "during"> = {
    request: () => Promise.resolve({}),
    during(_, listener, work) {
      for (const chunk of chunks) listener({ chunk });
      return work();
    },
  };
  const comparison = new HeapComparison(target as CdpClient);
  open.push(comparison);
  return comparison;
}

const meta = '{"snapshot":{"meta":{"node_fields":[],"node_types":[],"edge_fields":[],"edge_types":[]}';

describe("a target that is hostile about its heap", () => {
  it.each([
    ["is larger than is bearable", Array.from({ length: 300 }, () => " ".repeat(1024 ** 2)), /larger than/],
    ["is no snapshot", [`${meta},"node_count":1,"edge_count":0},"nodes":[]],"strings":[oops]}`], /./],
    ["has more nodes than there is room for", [`${meta},"node_count":1e12,"edge_count":1},"nodes":[1`], /./],
  ])("is refused when it %s", async (_, chunks, why) => {
    await expect(withoutEnd(comparisonOf(chunks).grown())).rejects.toThrow(why);
  });

  it("is not asked again", async () => {
    const comparison = comparisonOf([]);
    await comparison.close();
    await expect(comparison.grown()).rejects.toThrow("already");
  });
});

/** What never ends is the business of the time limit that every sample has. */
function withoutEnd<T>(work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error("no answer")), 3000).unref();
  });
  return Promise.race([work, late]);
}
