import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TrendRow } from "../../src/model/history.js";
import { renderNightlyIndex } from "../../src/report/nightly/index-page.js";
import { type Browser, hasBrowser, launched, type Page, type PageOptions } from "./browser.js";
import { everyState, generatedAtMs, rowOf } from "./nightly/samples.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const looks: readonly [string, PageOptions][] = [
  ["light", { colorScheme: "light", viewport: { width: 1200, height: 900 } }],
  ["dark", { colorScheme: "dark", viewport: { width: 1200, height: 900 } }],
  ["at 400 px", { colorScheme: "light", viewport: { width: 400, height: 800 } }],
];

const attack = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
const hostile: readonly TrendRow[] = [
  rowOf({
    target: `${attack}"'\u202egnp.exe`,
    scenario: `${"x".repeat(1_000_000)}${attack}`,
    verdicts: `${"p".repeat(29)}f`,
    state: "new",
    since: { night: attack, afterCommit: attack, upToCommit: `javascript:${attack}` },
    changes: [{ kind: "leak", criteria: ["fds"], night: "2026-11-30", afterCommit: attack, upToCommit: "'" }],
    finding: { criterion: "fds", summary: `\u001b[31m${attack}\u0000`, at: `</code>${attack}` },
  }),
  { ...rowOf({ verdicts: "p", state: "ok" }), target: "مرحبا", scenario: "שלום" },
].map((row) => ({
  ...row,
  nights: row.nights.map((night) => ({ ...night, report: `javascript:document.title='owned'//"><b>` })),
}));

let browser: Browser;
let folder: string;
beforeAll(async () => {
  if (!hasBrowser) return;
  folder = mkdtempSync(join(tmpdir(), "watertight-index-"));
  browser = await launched();
});
afterAll(async () => {
  if (!hasBrowser) return;
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  /** What the browser complained about, and what it wanted of others. */
  readonly complaints: readonly string[];
}

async function open(rows: readonly TrendRow[], options: PageOptions = {}): Promise<Opened> {
  const file = join(folder, "index.html");
  writeFileSync(
    file,
    renderNightlyIndex(rows, { title: `Nightly ${rows.length}`, generatedAtMs, nights: 30 }),
  );
  const page = await browser.newPage(options);
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) complaints.push(request.url());
  });
  await page.goto(pathToFileURL(file).href);
  return { page, complaints };
}

const widthBeyond = "document.documentElement.scrollWidth - innerWidth";
const openAll = "for (const each of document.querySelectorAll('details')) each.open = true";
/** Its name, and whether it is in a strip. */
const focused =
  "[document.activeElement.textContent.trim(), document.activeElement.closest('.strip') !== null]";
const addresses = "Array.from(document.querySelectorAll('a'), (a) => a.getAttribute('href'))";

describe.skipIf(!hasBrowser)(
  `the index in a browser${hasBrowser ? "" : " (chromium is not installed)"}`,
  () => {
    it.each(looks)(
      "%s: no complaint, no violation of axe, nothing beyond the edge",
      async (_, look) => {
        const { page, complaints } = await open(everyState, { ...look, bypassCSP: true });
        await page.evaluate(openAll);
        await page.evaluate(axe);
        expect(await page.evaluate("axe.run().then(({ violations }) => violations)")).toEqual([]);
        expect(await page.evaluate(widthBeyond)).toBeLessThanOrEqual(0);
        expect(complaints).toEqual([]);
        await page.close();
      },
      30_000,
    );

    it("is styled under its policy, and without JavaScript", async () => {
      const { page, complaints } = await open(everyState, { javaScriptEnabled: false });
      expect(await page.locator(".new .state").textContent()).toBe("new leak");
      await page.locator("summary").first().click();
      expect(await page.locator("details[open] tbody tr").count()).toBe(30);
      expect(complaints).toEqual([]);
      await page.close();
      const styled = await open(everyState);
      const display = await styled.page.evaluate("getComputedStyle(document.querySelector('.row')).display");
      expect([display, ...styled.complaints]).toEqual(["grid"]);
      await styled.page.close();
    });

    it("is walked by keyboard: skip link, reports, tables, changes, never the strips", async () => {
      const { page } = await open(everyState);
      const stops: unknown[] = [];
      for (let stop = 0; stop < 30; stop++) {
        await page.keyboard.press("Tab");
        stops.push(await page.evaluate(focused));
      }
      expect(stops[0]).toEqual(["To the scenarios", false]);
      expect(stops).toContainEqual(["Report of 30 Nov of gateway / prompt-cancel", false]);
      expect(stops).toContainEqual(["All 30 nights of gateway / prompt-cancel", false]);
      expect(stops).not.toContainEqual([expect.anything(), true]);
      await page.close();
    });

    it("leaves hostile names inert, and within the page", async () => {
      const { page, complaints } = await open(hostile, { viewport: { width: 400, height: 800 } });
      expect(await page.title()).toBe("Nightly 2");
      expect(await page.locator("img, script").count()).toBe(0);
      expect(await page.locator("h3").first().textContent()).toContain("onerror=\"document.title='owned'\"");
      const links = (await page.evaluate(addresses)) as string[];
      expect(links.filter((href) => !/^(\.\/|#)/.test(href))).toEqual([]);
      expect(await page.evaluate(widthBeyond)).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
      await page.close();
    });
  },
);
