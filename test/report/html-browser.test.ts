/// <reference lib="dom" />
// The types of what drives the browser are in terms of its documents. The build of src has none of these.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderHtml } from "../../src/cli/render-html.js";
import { hasBrowser, launchOptions } from "./browser.js";
import { hostile } from "./html/hostile.js";
import { cleanRecord, leakyRecord, leakyReport, reportFrom } from "./html/page-samples.js";

const desktop = { viewport: { width: 1280, height: 900 } } as const;
const phone = { viewport: { width: 400, height: 800 } } as const;

describe.skipIf(!hasBrowser)("the page in Chromium", () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "watertight-page-"));
    const report = leakyReport();
    writeFileSync(join(folder, "fail.html"), renderHtml(report));
    writeFileSync(join(folder, "hostile.html"), renderHtml(hostile(report)));
    writeFileSync(
      join(folder, "two.html"),
      renderHtml(reportFrom({ record: cleanRecord() }, { record: leakyRecord() })),
    );
    browser = await chromium.launch(launchOptions);
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Opened {
    readonly page: Page;
    /** Errors, refusals of the policy, dialogs, and whatever was asked of a network. */
    readonly trouble: string[];
  }

  async function opened(name: string, options: BrowserContextOptions): Promise<Opened> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const trouble: string[] = [];
    page.on("console", (message) => trouble.push(message.text()));
    page.on("pageerror", (error) => trouble.push(error.message));
    page.on("dialog", (dialog) => {
      trouble.push(dialog.message());
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (!/^(file|data):/.test(request.url())) trouble.push(request.url());
    });
    await page.goto(pathToFileURL(join(folder, name)).href);
    return { page, trouble };
  }

  /** All plots are drawn. */
  async function drawn(page: Page): Promise<void> {
    const plots = page.locator("figure[data-plot]");
    for (const plot of await plots.all()) await plot.scrollIntoViewIfNeeded();
    // Not by waitForFunction: it evaluates texts again and again, which the policy of the page refuses.
    await expect.poll(() => page.locator("figure:not(.live)").count(), { timeout: 10_000 }).toBe(0);
  }

  async function violations(page: Page): Promise<string[]> {
    // By the debugger: the policy of the page refuses any script that is not its own.
    await page.evaluate(axe.source);
    const found = await page.evaluate<{ violations: axe.Result[] }>("axe.run()");
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`),
    );
  }

  it.each([
    ["light", "fail.html", desktop],
    ["dark, on a phone, of several runs", "two.html", { ...phone, colorScheme: "dark" }],
    ["of what a hostile target wrote", "hostile.html", phone],
  ] as const)(
    "%s: no error, nothing refused, accessible, and no scrolling sideways",
    async (_, name, options) => {
      const { page, trouble } = await opened(name, options);
      await drawn(page);
      expect(await violations(page)).toEqual([]);
      const beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await page.evaluate(beyond)).toBe(0);
      expect(trouble).toEqual([]);
      await page.context().close();
    },
  );

  it("what a hostile target wrote adds nothing, and nothing that runs", async () => {
    const { page, trouble } = await opened("hostile.html", desktop);
    const all = "[...document.querySelectorAll('*')]";
    const tags = await page.evaluate<string[]>(`${all}.map(({ localName }) => localName)`);
    const count = (tag: string): number => tags.filter((one) => one === tag).length;
    expect(["script", "img", "h1", "iframe", "style", "title"].map(count)).toEqual([2, 0, 1, 0, 1, 1]);
    const names = await page.evaluate<string[]>(`${all}.flatMap((one) => one.getAttributeNames())`);
    expect(names.filter((name) => name.startsWith("on"))).toEqual([]);
    expect(trouble).toEqual([]);
    await page.context().close();
  });

  it("tells exact values under the pointer and by keys, over operations and over time", async () => {
    const { page } = await opened("fail.html", desktop);
    await drawn(page);
    const plot = page.locator("figure[data-plot]", { hasText: "File descriptors" }).first();
    const readout = plot.locator(".readout");
    await plot.locator(".u-over").hover();
    await expect
      .poll(() => readout.textContent(), { timeout: 10_000 })
      .toMatch(/^batch [56], [56]00 operations, [56]00 ms: [78]0, [56]0 above the baseline, line /);
    await plot.locator(".stage").focus();
    await page.keyboard.press("Home");
    expect(await readout.textContent()).toMatch(
      /^batch 1, 100 operations, 100 ms: 30, 10 above the baseline/,
    );
    await page.keyboard.press("ArrowRight");
    expect(await readout.textContent()).toMatch(/^batch 2, 200 operations/);
    await plot.getByLabel("over time").check();
    await plot.getByLabel("under load").check();
    await page.keyboard.press("Tab");
    await plot.locator(".stage").focus();
    await page.keyboard.press("End");
    expect(await readout.textContent()).toMatch(
      /^batch 10, 1,000 operations, 1 s: 120, 100 above the baseline/,
    );
    await page.context().close();
  });

  it("can be gone through by keys, and the first leads past the top", async () => {
    const { page } = await opened("fail.html", desktop);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.className")).toBe("skip");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("main");
    await page.context().close();
  });

  it("copies the command that repeats a finding", async () => {
    const { page } = await opened("fail.html", {
      ...desktop,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await page.getByRole("button", { name: "Copy" }).first().click();
    await page.getByText("Copied").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe("npx watertight run made-up --quick");
    await page.context().close();
  });

  it("without JavaScript shows all tables and a drawing of each series, and no button that does nothing", async () => {
    const { page } = await opened("fail.html", { ...desktop, javaScriptEnabled: false });
    expect(await page.getByRole("table", { name: /^What was held/ }).isVisible()).toBe(true);
    expect(
      await page
        .getByRole("img", { name: /^file descriptors: baseline 20, 30 at first, 120 at last/ })
        .isVisible(),
    ).toBe(true);
    expect(await page.locator("svg.chart:visible").count()).toBe(await page.locator("figure").count());
    expect(await page.locator("button:visible").count()).toBe(0);
    await page.context().close();
  });

  it("prints light, with drawings in place of plots and without controls", async () => {
    const { page } = await opened("fail.html", { ...desktop, colorScheme: "dark" });
    await drawn(page);
    await page.emulateMedia({ media: "print" });
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    expect(await page.locator("svg.chart:visible").count()).toBe(await page.locator("figure").count());
    expect(await page.locator(".uplot:visible, button:visible, nav:visible").count()).toBe(0);
    await page.context().close();
  });
});
