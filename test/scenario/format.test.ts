import { readdirSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { formatScenario } from "../../src/scenario/format.js";

const texts: readonly (readonly [string, string, string])[] = [
  ["keys in their order", "drain: 1s\nname: a\nflows: {}\n", "name: a\nflows: {}\ndrain: 1s\n"],
  [
    "keys of flows",
    "flows:\n  a:\n    steps: [connect]\n    weight: 2\n",
    "flows:\n  a:\n    weight: 2\n    steps: [connect]\n",
  ],
  [
    "quotes where they are needed",
    "name: 'a'\nabout: 'it: is'\ndrain: \"1s\"\n",
    'name: a\nabout: "it: is"\ndrain: 1s\n',
  ],
  ["a number in quotes stays text", 'about: "80"\n', 'about: "80"\n'],
  ["spaces", "load:   { batch:  1 ,operations: 6 }\n", "load: {operations: 6, batch: 1}\n"],
  [
    "comments",
    "# top\ndrain: 1s # why\n# of the name\nname: a\n",
    "# top\n\n# of the name\nname: a\ndrain: 1s # why\n",
  ],
  ["unknown keys stay behind", "zzz: 1\nname: a\n", "name: a\nzzz: 1\n"],
  [
    "anchors keep their place",
    "load: &l {batch: 1}\nabout: x\nquick: *l\n",
    "load: &l {batch: 1}\nabout: x\nquick: *l\n",
  ],
];

describe("format", () => {
  it.each(texts)("%s", (_name, text, formatted) => {
    expect(formatScenario(text)).toBe(formatted);
    expect(formatScenario(formatted)).toBe(formatted);
  });

  it.each(readdirSync("scenarios").filter((name) => name.endsWith(".yaml")))(
    "keeps every comment of %s",
    (name) => {
      const text = readFileSync(`scenarios/${name}`, "utf8");
      const formatted = formatScenario(text);
      const comments = (of: string): string[] =>
        [...of.matchAll(/(?:^|\s)#\s?(.+)$/gm)].map(([, words = ""]) => words.trim());
      expect(comments(formatted).sort()).toEqual(comments(text).sort());
      expect(parse(formatted)).toEqual(parse(text));
      expect(formatScenario(formatted)).toBe(formatted);
    },
  );

  it("says the same, and is the same the second time, whatever stands there", () => {
    const keys = fc.constantFrom("name", "about", "target", "flows", "load", "drain", "quick", "other key");
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const value = fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }), fc.dictionary(keys, leaf, { maxKeys: 4 }));
    fc.assert(
      fc.property(
        fc.dictionary(keys, value),
        fc.constantFrom("QUOTE_DOUBLE", "PLAIN", "BLOCK_LITERAL"),
        (data, type) => {
          const text = stringify(data, { defaultStringType: type as "PLAIN" });
          const formatted = formatScenario(text);
          return isDeepStrictEqual(parse(formatted), parse(text)) && formatScenario(formatted) === formatted;
        },
      ),
      { numRuns: 200 },
    );
  });
});
