import { createServer, type Server } from "node:http";
import { afterEach, expect, it } from "vitest";
import { Counter } from "../../src/soak/counter.js";
import { Unlanded } from "../../src/soak/unlanded.js";

let server: Server | undefined;
afterEach(() => void server?.close());

/** Serves one page after the other, and the last one for ever. */
async function counterOf(pages: readonly string[], name = "done_total"): Promise<Counter> {
  let asked = 0;
  server = createServer((_, response) => response.end(pages[Math.min(asked++, pages.length - 1)]));
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? String(address?.port) : "";
  return new Counter({ from: "metric", url: "http://127.0.0.1:{port}/metrics", name }, { port });
}

it("tells by how much it rose", async () => {
  const counter = await counterOf(["done_total 5\n", "done_total 12\n", "done_total 12\n"]);
  expect([await counter.risen(), await counter.risen(), await counter.risen()]).toEqual([0, 7, 0]);
  expect(counter.source).toBe("metric done_total");
});

it("sums up the series that are meant", async () => {
  const page = (a: number): string =>
    `t{code="200",p="/"} ${a}\nt{code="200",p="/b"} 1\nt{code="500",p="/"} 9\n`;
  const counter = await counterOf([page(1), page(4)], 't{code="200"}');
  await counter.risen();
  expect(await counter.risen()).toBe(3);
});

it("does not take a restart for operations", async () => {
  const counter = await counterOf(["done_total 90\n", "done_total 3\n"]);
  await counter.risen();
  await expect(counter.risen()).rejects.toThrow(
    "the metric done_total went down from 90 to 3: whoever counts was restarted, so what was done is not known",
  );
});

it.each([
  ["is not there", "other_total 1\n", /^there is no metric done_total at http:.*metrics$/],
  ["is no number", "done_total NaN\n", /is no number: NaN$/],
  ["stands on no such page", "<html>", /^the page at .* cannot be read: line 1 is no metric/],
])("says so where it %s", async (_, page, message) => {
  const counter = await counterOf([page]);
  const failed = counter.risen();
  await expect(failed).rejects.toBeInstanceOf(Unlanded);
  await expect(failed).rejects.toThrow(message);
});

it("says so where nobody answers", async () => {
  const counter = new Counter({ from: "metric", url: "http://127.0.0.1:1/", name: "a" }, {});
  await expect(counter.risen()).rejects.toThrow(
    /^cannot read the metric a at http:\/\/127.0.0.1:1\/: .*ECONNREFUSED/,
  );
});
