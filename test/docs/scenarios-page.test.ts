import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseScenario } from "../../src/scenario/load.js";
import { blocksOf, codeIn, home, readPage, rowsOf } from "./pages.js";

const page = readPage("reference/scenarios.md");
const blocks = blocksOf(page);
const rows = rowsOf(page, "field").map(([names = "", , fallback = "", example = ""]) => ({
  names: codeIn(names),
  fallback: codeIn(fallback)[0],
  example: codeIn(example)[0] ?? "",
}));

/** Every field of the file format with its default, named as the page names it. */
const schema = fieldsOf(JSON.parse(readFileSync(join(home, "scenarios/scenario.schema.json"), "utf8")), []);

function fieldsOf(node: unknown, path: readonly string[]): Map<string, unknown> {
  const { properties, anyOf, items, additionalProperties } = mapping(node);
  const below = [
    ...Object.entries(mapping(properties)).flatMap(([key, each]) => [
      [named([...path, key]), mapping(each)["default"]] as const,
      ...fieldsOf(each, [...path, key]),
    ]),
    ...(Array.isArray(anyOf) ? anyOf.flatMap((each) => [...fieldsOf(each, path)]) : []),
    ...(items === undefined ? [] : fieldsOf(items, path)),
    ...(typeof additionalProperties === "object" ? fieldsOf(additionalProperties, [...path, "NAME"]) : []),
  ];
  return new Map(below);
}

function mapping(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** Steps stand by themselves in the page, without the way to them, be it through a level of a factor. */
function named(path: readonly string[]): string {
  return path.join(".").replace(/^flows\.NAME\.(steps|variants\.NAME\.NAME)\./, "");
}

test("the tables name every field of the schema, once, and no other", () => {
  expect(schema.size).toBeGreaterThan(80);
  expect(rows.flatMap(({ names }) => names).toSorted()).toEqual([...schema.keys()].toSorted());
});

test("the defaults are those of the schema", () => {
  const plain = [...schema].filter(([, value]) => typeof value === "string" || typeof value === "number");
  const wrong = plain
    .map(([name, value]) => ({ name, value, row: rows.find(({ names }) => names.includes(name)) }))
    .filter(({ name, value, row }) => name !== "about" && row?.fallback !== String(value));
  expect(wrong).toEqual([]);
});

const steps = new Set("connect events tcp unix stdio send expect wait close drop http exec spawn".split(" "));
/** Where a field of `expect` belongs to a connection of another kind. */
const opened: Readonly<Record<string, object | string>> = { "expect.event": { events: "/sse" } };

const endings = { variants: { ending: { close: ["close"] } } };

/** The example at its place in a small scenario: it begins with one of the keys on the way to the field. */
function placed(name: string, example: string): unknown {
  const keys = name.split(".");
  const visit = { steps: ["connect", "close"] };
  const flows = { visit, held: { steps: ["connect"] } };
  if (name === "variant") return { flows: { visit: { ...endings, steps: ["connect", parse(example)] } } };
  if (steps.has(keys[0] ?? "")) {
    return { flows: { visit: { steps: [opened[name] ?? "connect", parse(example)] } } };
  }
  const at = keys.indexOf(Object.keys(mapping(parse(example)))[0] ?? "");
  expect(at, `${example} begins with a key of ${name}`).toBeGreaterThanOrEqual(0);
  if (at === 0 && hasEngine(example)) return parse(example);
  if (keys[0] !== "flows") return { flows, ...nested(keys.slice(0, at), parse(example)) };
  return at === 0 ? parse(example) : { flows: { visit: { ...visit, ...mapping(parse(example)) } } };
}

/** A load that the flows do not make. */
function hasEngine(example: string): boolean {
  return /^load: .*\b(command|external):/.test(example);
}

function nested(keys: readonly string[], value: unknown): Readonly<Record<string, unknown>> {
  return mapping(keys.toReversed().reduce((inner, key) => ({ [key]: inner }), value));
}

describe("each example of the tables is accepted, and has its field:", () => {
  test.each(rows.map(({ names, example }) => ({ name: names[0] ?? "", example })))(
    "$name in $example",
    ({ name, example }) => {
      const leaf = name.split(".").at(-1) ?? "";
      expect(example).toMatch(new RegExp(`\\b${leaf}:`));
      expect(() => parseScenario(JSON.stringify(placed(name, example)), "page.yaml")).not.toThrow();
    },
  );
});

describe("the files of the page", () => {
  const folder = mkdtempSync(join(tmpdir(), "watertight-docs-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const files = blocks.filter(({ language }) => language === "yaml").map(({ text, at }) => ({ text, at }));
  const told = blocks.filter(({ text }) => text.startsWith("watertight: "));
  const wrong = told.map(({ text, at }) => ({
    name: /^watertight: ([\w.]+)/.exec(text)?.[1] ?? "",
    text,
    file: files.findLast((file) => file.at < at)?.text ?? "",
  }));

  test("are three that are right, the first one of ten lines", () => {
    const right = files.filter(({ text }) => !wrong.some(({ file }) => file === text));
    expect(right).toHaveLength(3);
    for (const { text } of right) expect(() => parseScenario(text, "page.yaml")).not.toThrow();
    expect(right[0]?.text.trimEnd().split("\n")).toHaveLength(10);
  });

  test("and two that are wrong", () => expect(wrong).toHaveLength(2));

  test.each(wrong)("the command says of $name what the page says", ({ name, file, text }) => {
    writeFileSync(join(folder, name), file);
    const bin = join(home, "bin/watertight.js");
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, "run", name], {
      cwd: folder,
      encoding: "utf8",
      timeout: 20_000,
    });
    expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: "", stderr: text });
  });
});
