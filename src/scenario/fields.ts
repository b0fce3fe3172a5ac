import { z } from "zod";
import { parseDuration } from "../model/units.js";
import { byteRatePattern, countRatePattern } from "./rate.js";

/** What an editor shows, and what an error message says was expected. */
export interface Doc {
  /** Shown on hover: what the field is for. */
  readonly description: string;
  /** Noun phrase after "expected". */
  readonly title?: string;
  readonly examples?: readonly unknown[];
}

/** The longest delay that setTimeout keeps: 2^31 - 1 ms, a little under 25 days. */
const longestMs = 24 * 86_400_000;

function meta(doc: Doc, fallback: Pick<Required<Doc>, "title" | "examples">): z.GlobalMeta {
  return {
    description: doc.description,
    title: doc.title ?? fallback.title,
    examples: [...(doc.examples ?? fallback.examples)],
  };
}

function durationOf(pattern: RegExp, title: string, doc: Doc): z.ZodString {
  return z
    .string()
    .regex(pattern)
    .refine((text) => (parseDuration(text) ?? 0) <= longestMs)
    .meta(meta(doc, { title, examples: ["5s", "250ms"] }));
}

/** A span of time above zero, as text: `250ms`, `10s`, `1h30m`. */
export function duration(description: string, examples: readonly string[] = ["5s", "250ms"]): z.ZodString {
  const title = "a duration above zero with its unit (ms, s, m, h, d; 24d at most)";
  return durationOf(/^(?=.*[1-9])(\d+(\.\d+)?(ms|s|m|h|d))+$/, title, { description, examples });
}

/** A span of time that may be zero. */
export function pause(description: string, examples: readonly string[] = ["0s", "50ms"]): z.ZodString {
  const title = "a duration with its unit (ms, s, m, h, d; 24d at most)";
  return durationOf(/^(\d+(\.\d+)?(ms|s|m|h|d))+$/, title, { description, examples });
}

/** An amount of memory as text: `64MiB`. */
export function bytes(description: string): z.ZodString {
  return z
    .string()
    .regex(/^(?=.*[1-9])\d+(\.\d+)?\s*(B|KB|MB|GB|KiB|MiB|GiB)$/)
    .meta(
      meta(
        { description },
        { title: "an amount above zero such as 64MiB or 2GB", examples: ["64MiB", "2GiB"] },
      ),
    );
}

/** How rare a leak may be and still be seen, as text: `1 per 250 operations`. */
export function rate(description: string): z.ZodString {
  const fallback = { title: "a rate such as `1 per 250 operations`", examples: ["1 per 250 operations"] };
  return z.string().regex(countRatePattern).meta(meta({ description }, fallback));
}

/** The same for memory: `20KiB per operation`. */
export function byteRate(description: string): z.ZodString {
  const fallback = { title: "a rate such as `20KiB per operation`", examples: ["20KiB per operation"] };
  return z.string().regex(byteRatePattern).meta(meta({ description }, fallback));
}

/** A share as text: `1%`. */
export function share(description: string): z.ZodString {
  return z
    .string()
    .regex(/^(100(\.0+)?|\d{1,2}(\.\d+)?)%$/)
    .meta(meta({ description }, { title: "a share from 0% to 100%", examples: ["1%", "50%"] }));
}

/** A whole number in a range. */
export function whole(description: string, range: { min: number; max?: number; example: number }): z.ZodInt {
  const { min, max = Number.MAX_SAFE_INTEGER, example } = range;
  const upTo = range.max === undefined ? `of ${min} or more` : `from ${min} to ${max}`;
  return z
    .int()
    .min(min)
    .max(max)
    .meta(meta({ description }, { title: `a whole number ${upTo}`, examples: [example] }));
}

/** Text of at least one character. */
export function text(doc: Doc): z.ZodString {
  return z
    .string()
    .min(1)
    .meta(meta(doc, { title: "text", examples: [] }));
}

/** A program and its arguments: one line, or a list of words. */
export function commandLine(description: string, example: string): z.ZodType<string | string[]> {
  return z
    .union([z.string().regex(/\S/), z.array(z.string()).min(1)])
    .meta(
      meta(
        { description },
        { title: "a command: one line of text, or a list of words", examples: [example] },
      ),
    );
}

/** A mapping of names to text. */
export function textMap(description: string, example: object): z.ZodRecord<z.ZodString, z.ZodString> {
  return z
    .record(z.string(), z.string().meta({ title: "text" }))
    .meta(meta({ description }, { title: "a mapping of names to text", examples: [example] }));
}

/** A path that is absolute: of a URL, or of a file. */
export function path(description: string, example: string): z.ZodString {
  return z
    .string()
    .regex(/^\//)
    .meta({ description, title: "a path that begins with /", examples: [example] });
}

/** A regular expression. */
export function pattern(description: string, example: string): z.ZodString {
  return text({ description, title: "a regular expression", examples: [example] });
}

/** What a placeholder may be named. */
const variable = z
  .string()
  .regex(/^[A-Za-z][\w-]*$/)
  .meta({ title: "the name of a variable, of letters, digits, - and _, beginning with a letter" });

/** Variables, and where each is taken from. */
export function captures(from: string, name: string, example: string): z.ZodType<Record<string, string>> {
  const description = `Variables for later steps: each is ${from}, or regex and a regular expression.`;
  const source = z
    .string()
    .regex(/^(json|header|regex) \S/)
    .meta({
      title: "json and a path, header and a name, or regex and a regular expression",
      examples: [example],
    });
  return z.record(variable, source).meta({
    title: "a mapping of names to json, header or regex",
    description,
    examples: [{ [name]: example }],
  });
}
