import type { z } from "zod";
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

/** Follows a path through a schema, through every alternative at once. */
export type ShapeAt = (path: Path) => Shape;

/** @param schema made when it is first asked for: a file without mistakes needs none */
export function shapesOf(schema: () => Schema): ShapeAt {
  let root: Schema | undefined;
  return (path) => shapeIn((root ??= schema()), path);
}

function shapeIn(root: Schema, path: Path): Shape {
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
