import { readFileSync } from "node:fs";
import { code, made, table } from "./table.js";

const schemaFile = new URL("../../../scenarios/scenario.schema.json", import.meta.url);

/** Every field of the file format, from its schema. */
export function page() {
  const fields = fieldsOf(JSON.parse(readFileSync(schemaFile, "utf8")), []);
  const byTop = grouped(fields);
  const sections = [...byTop].map(([top, own]) => `## ${top}\n\n${tableOf(own)}`);
  return `# The fields of a scenario

For whoever has a field of a scenario file to look up; [How to write a scenario](scenarios.md) explains them in their context.
${made}
Editors take the same from [scenario.schema.json](../../scenarios/scenario.schema.json). \`NAME\` stands for a name of your own.

${sections.join("\n")}`;
}

function tableOf(fields) {
  const rows = fields.map(({ path, schema }) => [
    code(path),
    takes(schema),
    schema.default === undefined ? "" : code(text(schema.default)),
    schema.description ?? "",
  ]);
  return table(["field", "takes", "default", "what"], rows);
}

/** One field of several forms stands once for all of them. */
function fieldsOf(schema, path) {
  const found = new Map();
  for (const each of propertiesOf(schema, path)) if (!found.has(each.path)) found.set(each.path, each);
  return [...found.values()];
}

function* propertiesOf(schema, path) {
  const { properties = {}, anyOf = [], items, additionalProperties } = schema;
  for (const [name, each] of Object.entries(properties)) {
    yield { path: [...path, name].join("."), schema: each };
    yield* propertiesOf(each, [...path, name]);
  }
  for (const each of anyOf) yield* propertiesOf(each, path);
  if (items) yield* propertiesOf(items, path);
  if (typeof additionalProperties === "object") yield* propertiesOf(additionalProperties, [...path, "NAME"]);
}

function takes({ title, type, anyOf = [], enum: values, const: value }) {
  if (title) return title;
  if (value !== undefined) return code(text(value));
  if (values) return values.map((each) => code(text(each))).join(", ");
  if (anyOf.length > 0) return [...new Set(anyOf.map(takes))].join(", or ");
  return (
    { object: "a mapping", array: "a list", string: "text", boolean: "true or false" }[type] ?? type ?? ""
  );
}

function text(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function topOf({ path }) {
  return path.split(".")[0];
}

/** In the order of the schema (Map.groupBy came with Node 21). */
function grouped(fields) {
  const groups = new Map();
  for (const field of fields) groups.set(topOf(field), [...(groups.get(topOf(field)) ?? []), field]);
  return groups;
}
