import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { embeddedJson } from "../../../src/report/html/embedded-json.js";
import { html } from "../../../src/report/html/markup.js";
import { theirs } from "../../../src/report/html/theirs.js";
import { hostileTexts } from "./hostile.js";

const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...hostileTexts));
const active = /[<>"'\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

describe("a template of HTML", () => {
  it("takes strings for text, and markup for markup", () => {
    expect(html`<p>${"<b>"} ${html`<i>${1}</i>`} ${[html`<br>`, "&"]}${undefined}</p>`.text).toBe(
      "<p>&lt;b&gt; <i>1</i> <br>&amp;</p>",
    );
  });

  it("leaves nothing of a text that HTML or an eye could act on", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(html`${text}`.text).not.toMatch(active);
      }),
    );
  });

  it("every & begins one of the six entities", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(html`${text}`.text).not.toMatch(/&(?!(amp|lt|gt|quot|#39|#96);)/);
      }),
    );
  });
});

describe("a text of the target's", () => {
  it("stands alone in its direction, and is cut", () => {
    const { text } = theirs("y".repeat(1024 ** 2));
    expect(text.length).toBeLessThan(500);
    expect(text).toMatch(/^<bdi>y+…<\/bdi>$/);
  });
});

describe("data in a page", () => {
  it("can be read back, and cannot end its element", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), anyText), (data) => {
        const { text } = embeddedJson(data);
        expect(text).not.toMatch(/[<>\u2028\u2029]/);
        expect(JSON.parse(text)).toEqual({ ...data });
      }),
    );
  });
});
