import { createHash } from "node:crypto";
import { assert as check, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { renderDocument } from "../../../src/report/page/document.js";
import { escapeHtml, escapeLines, relativeHref } from "../../../src/report/page/escape.js";
import { tokens } from "../../../src/report/page/tokens.js";

describe("escapeHtml", () => {
  it.each([
    ["<script>", "&lt;script&gt;"],
    [`a"b'c\`d&e`, "a&quot;b&#39;c&#96;d&amp;e"],
    ["red\u001b[31m", "red\\x1b[31m"],
    ["a\u202eb", "a\\u202eb"],
    ["a\nb", "a\\x0ab"],
  ])("%j → %j", (text, html) => expect(escapeHtml(text)).toBe(html));

  it("keeps the lines of several", () => expect(escapeLines("<a>\nb")).toBe("&lt;a&gt;\nb"));
});

describe("relativeHref", () => {
  it.each([
    ["../2026-11-20/echo/report.html", "./../2026-11-20/echo/report.html"],
    ["javascript:alert(1)", "./javascript%3Aalert(1)"],
    ["//host/x", "./host/x"],
    ["https://host/x", "./https%3A/host/x"],
    [`a"b<c>`, "./a%22b%3Cc%3E"],
    ["a?b#c", "./a%3Fb%23c"],
  ])("%j → %j", (path, href) => expect(relativeHref(path)).toBe(href));

  it("leads to the host of the page, whatever the path", () => {
    const anything = string({ unit: "binary", maxLength: 20 });
    check(
      property(anything, (path) => {
        const url = new URL(relativeHref(path), "https://here.example/a/b/index.html");
        expect([url.origin, url.search, url.hash]).toEqual(["https://here.example", "", ""]);
      }),
    );
  });
});

describe("renderDocument", () => {
  const [style, script] = ["p{margin:0}/* ü */", "void 0"];
  const page = renderDocument({
    title: "a <b>",
    styles: [tokens, style],
    scripts: [script],
    body: "<p>x</p>",
  });

  it.each([tokens, style, script])("allows by hash what stands in it", (text) => {
    const hash = createHash("sha256").update(text).digest("base64");
    expect(page).toContain(`'sha256-${hash}'`);
    expect(page).toContain(`>${text}</`);
  });

  it("allows nothing else", () => {
    expect(page).toContain("default-src 'none'; style-src 'sha256-");
    expect(renderDocument({ title: "", styles: [], body: "" })).toContain(
      "style-src 'none'; script-src 'none'",
    );
  });

  it("escapes its title", () => expect(page).toContain("<title>a &lt;b&gt;</title>"));
});
