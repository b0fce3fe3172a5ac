import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TrendRow } from "../../src/model/history.js";
import { renderNightlyIndex } from "../../src/report/nightly/index-page.js";
import { everyState, generatedAtMs, rowOf } from "./nightly/samples.js";

const program = "/usr/bin/chromium";
const flags =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";
const cannot = !existsSync(program) && process.env["CI"] !== "true";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const looks: readonly [string, BrowserContextOptions][] = [
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
  if (cannot) return;
  folder = mkdtempSync(join(tmpdir(), "watertight-index-"));
  browser = await chromium.launch({ executablePath: program, args: flags.split(" ") });
});
afterAll(async () => {
  if (cannot) return;
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  /** What the browser complained about, and what it wanted of others. */
  readonly complaints: readonly string[];
}

async function open(rows: readonly TrendRow[], options: BrowserContextOptions = {}): Promise<Opened> {
  const file = join(folder, "index.html");
  writeFileSync(
    file,
    renderNightlyIndex(rows, { title: `Nightly ${rows.length}`, generatedAtMs, nights: 30 }),
  );
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", ({ url }) => {
    if (!url().startsWith("file:")) complaints.push(url());
  });
  await page.goto(pathToFileURL(file).href);
  return { page, complaints };
}

async function widthBeyond(page: Page): Promise<number> {
  return await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

describe.skipIf(cannot)(`the index in a browser${cannot ? " (chromium is not installed)" : ""}`, () => {
  it.each(looks)("%s: no complaint, no violation of axe, nothing beyond the edge", async (_, look) => {
    const { page, complaints } = await open(everyState, { ...look, bypassCSP: true });
    await page.evaluate(() => {
      for (const each of document.querySelectorAll("details")) each.open = true;
    });
    await page.evaluate(axe);
    const violations = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: object[] }> } };
      return (await axe.run()).violations;
    });
    expect(violations).toEqual([]);
    expect(await widthBeyond(page)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("is styled under its policy, and without JavaScript", async () => {
    const { page, complaints } = await open(everyState, { javaScriptEnabled: false });
    const state = page.locator(".new .state");
    expect(await state.textContent()).toBe("new leak");
    expect(
      await page
        .locator(".row")
        .first()
        .evaluate((row) => getComputedStyle(row).display),
    ).toBe("grid");
    await page.locator("summary").first().click();
    expect(await page.locator("details[open] tbody tr").count()).toBe(30);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("is walked by keyboard: skip link, reports, tables, changes, never the strips", async () => {
    const { page } = await open(everyState);
    const stops: string[] = [];
    for (let stop = 0; stop < 60; stop++) {
      await page.keyboard.press("Tab");
      const [name, inStrip] = await page.evaluate(() => {
        const at = document.activeElement;
        return [at?.textContent?.trim() ?? "", at?.closest(".strip") !== null] as const;
      });
      expect(inStrip).toBe(false);
      stops.push(name);
    }
    expect(stops[0]).toBe("To the scenarios");
    expect(stops).toContain("Report of 30 Nov of gateway / prompt-cancel");
    expect(stops).toContain("All 30 nights of gateway / prompt-cancel");
    await page.context().close();
  });

  it("leaves hostile names inert, and within the page", async () => {
    const { page, complaints } = await open(hostile, { viewport: { width: 400, height: 800 } });
    expect(await page.title()).toBe("Nightly 2");
    expect(await page.locator("img, script, main b:not(.rates b)").count()).toBe(0);
    expect(await page.locator("h3").first().textContent()).toContain(`onerror="document.title='owned'"`);
    const links = await page
      .locator("a")
      .evaluateAll((all) => all.map((each) => each.getAttribute("href") ?? ""));
    expect(links.filter((href) => !/^(\.\/|#)/.test(href))).toEqual([]);
    expect(await widthBeyond(page)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
