import { assert, property } from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { marker, renderMarkdown } from "../../src/report/markdown.js";
import { attributed, excused, severalFlows } from "./finding-samples.js";
import { hostileText, saying } from "./hostile.js";
import { reported } from "./reported.js";
import { broken, leaking, scenario, spreading } from "./samples.js";

/** As GitHub reads comments: CommonMark with tables, links found in text, and HTML. */
const reader = new MarkdownIt({ html: true, linkify: true });

type Token = ReturnType<typeof reader.parse>[number];

function tokensOf(markdown: string): Token[] {
  return reader.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
}

const ours = /^<\/?(details|summary|code|sub)>$/;

/** Everything that would act on a reader: links, images, tags that are not ours. */
function acting(markdown: string): readonly string[] {
  return tokensOf(markdown).flatMap(({ type, content }) => {
    if (type === "link_open" || type === "image") return [type];
    if (!type.startsWith("html")) return [];
    return (content.match(/<[^>]*>/g) ?? []).filter((tag) => !ours.test(tag) && tag !== marker);
  });
}

/** Text that is neither code nor within the tags of code. */
function plainText(markdown: string): string {
  const html = reader.render(markdown);
  return html.replace(/<code[^>]*>[\s\S]*?<\/code>/g, "").replace(/<[^>]*>/g, "");
}

describe("renderMarkdown", () => {
  it.each([
    ["markdown-fail", reported([leaking(), attributed()])],
    ["markdown-pass", reported([scenario(), excused()], { exitCode: 0 })],
    ["markdown-broke", reported([broken(), spreading(), severalFlows()], { skipped: ["later"] })],
    ["markdown-nothing", reported([], { exitCode: 3 })],
  ] as const)("%s is as it was", async (name, report) => {
    const text = renderMarkdown(report);
    expect(text.startsWith(`${marker}\n## watertight: `)).toBe(true);
    expect(acting(text)).toEqual([]);
    await expect(text).toMatchFileSnapshot(`golden/${name}.md`);
  });

  it("has a table of seven columns for each scenario, with a row for each criterion", () => {
    const tokens = tokensOf(renderMarkdown(reported([leaking(), scenario()])));
    const count = (type: string): number => tokens.filter((token) => token.type === type).length;
    expect([count("table_open"), count("tr_open"), count("td_open")]).toEqual([2, 14, 2 * 6 * 7]);
  });

  it("is inert whatever the target says, and folds what is long", () => {
    assert(
      property(hostileText, (text) => {
        const markdown = renderMarkdown(reported(saying(text), { skipped: [text] }));
        expect(acting(markdown)).toEqual([]);
        expect(markdown).not.toMatch(/[\u0000-\u0008\u001b\u202e]|\p{Surrogate}/u);
        const plain = plainText(markdown);
        expect(plain).not.toContain("@everyone");
        expect(plain).not.toContain("alert");
        const html = tokensOf(markdown).filter(({ type }) => type.startsWith("html"));
        const tags = html.map(({ content }) => content).join("");
        expect(tags.match(/<details>/g)?.length).toBe(tags.match(/<\/details>/g)?.length);
        const blocks = tokensOf(markdown).filter(({ type }) => type === "fence");
        expect(blocks).toHaveLength(tags.match(/<details>/g)?.length ?? 0);
      }),
      {
        numRuns: 60,
        examples: [["a`@everyone"], ["```"], ["``<script>alert(1)</script>"], ["```\n</details>@everyone"]],
      },
    );
  });

  it("is no longer than a comment may be, says so, and keeps the verdict", () => {
    const many = Array.from({ length: 200 }, (_, index) => ({ ...attributed(), name: `scenario-${index}` }));
    for (const report of [reported(many), reported(saying("y".repeat(1e6)))])
      expect(renderMarkdown(report).length).toBeLessThanOrEqual(65_000);
    const text = renderMarkdown(reported(many));
    expect(text).toContain("## watertight: fail");
    expect(text).toContain("- and 180 more");
    expect(text.trimEnd().endsWith("a comment has no room for it._")).toBe(true);
    expect(acting(text)).toEqual([]);
  });
});
