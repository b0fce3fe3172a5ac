import type { z } from "zod";
import { scenarioJsonSchema } from "./json-schema.js";
import type { Path } from "./mistake.js";

type Schema = z.core.JSONSchema.BaseSchema;

/** What the schema says of the place that a path leads to. */
export interface Shape {
  /** Noun phrase after "expected". */
  readonly title: string | undefined;
  /** Keys that a mapping there may have. */
  readonly keys: readonly string[];
  /** Words that a text there may be. */
  readonly words: readonly string[];
  readonly example: unknown;
}

let root: Schema | undefined;

/** Follows a path through the schema, through every alternative at once. */
export function shapeAt(path: Path): Shape {
  root ??= scenarioJsonSchema();
  let schemas: readonly Schema[] = [root];
  for (const segment of path) schemas = schemas.flatMap(alternatives).flatMap((each) => step(each, segment));
  const ends = schemas.flatMap(alternatives);
  const named =
    schemas.find((schema) => schema.title !== undefined) ?? ends.find((end) => end.title !== undefined);
  return {
    title: named?.title,
    keys: [...new Set(ends.flatMap((schema) => Object.keys(schema.properties ?? {})))],
    words: ends.flatMap((schema) => schema.enum ?? []).map(String),
    example: [...schemas, ...ends].flatMap((schema) => schema.examples ?? [])[0],
  };
}

/** A schema with its alternatives; `anyOf` is the only combinator that zod writes here. */
function alternatives(schema: Schema): readonly Schema[] {
  return [schema, ...(schema.anyOf ?? []).flatMap((each) => alternatives(each))];
}

function step(schema: Schema, segment: string | number): readonly Schema[] {
  const own = typeof segment === "number" ? schema.items : schema.properties?.[segment];
  const next = own ?? (typeof segment === "number" ? undefined : schema.additionalProperties);
  return typeof next === "object" && !Array.isArray(next) ? [next] : [];
}
