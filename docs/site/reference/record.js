import { readFileSync } from "node:fs";
import { recordVersion } from "../../../dist/model/record.js";
import { code, made, table } from "./table.js";

const model = new URL("../../../src/model/", import.meta.url);

/** Each line of a record, and what stands in it: interfaces of the named files, in the order of reading. */
const lines = [
  ["run", "record", "RunLine"],
  ["started", "record", "StartedLine"],
  ["operation", "operation", "Operation"],
  ["snapshot", "snapshot", "Snapshot"],
  ["tick", "record", "TickLine"],
  ["look", "record", "LookLine"],
  ["load", "record", "LoadLine"],
  ["pause", "record", "PauseLine"],
  ["stop", "record", "StopLine"],
  ["end", "record", "EndLine"],
];
const parts = [
  ["SystemFacts", "record"],
  ["ProcessEntry", "resource"],
  ["FdEntry", "resource"],
  ["SocketEntry", "resource"],
  ["ProcessMemory", "resource"],
  ["SessionMark", "resource"],
  ["ProcessIdentity", "resource"],
  ["ProbeSample", "snapshot"],
  ["OriginGroup", "origin"],
  ["StackFrame", "origin"],
  ["Gap", "reading"],
];

/** The record by field, as the types of the program have it. */
export function page() {
  return `# The record

For whoever reads a record with a program of their own. ${made}
\`record.ndjson\` is one JSON object per line, each handed to the kernel before the run goes on. This is version ${recordVersion} of
the format; a reader refuses a newer one. A record whose last line is cut is read up to there. Times that end in \`AtMs\` or are
called \`atMs\` are milliseconds since the epoch, \`tookMs\` is a duration. A field that is not known is absent. From a program,
[\`judge\`](api.md) reads a record.

Besides the lines below there are \`phase\` (\`phase\`, \`batch\`, \`atMs\`: a part of the run begins), \`note\` (\`atMs\`, \`text\`:
something that a reader must know to trust the verdict) and \`aside\` (as \`snapshot\`, but wherever the run was: a
[look by hand](terminal.md), by which nothing is judged). \`phase\` is one of ${phases()}.

${lines.map(([type, file, name]) => section(code(type), file, name)).join("\n")}
## What stands in them

${parts.map(([name, file]) => `#${section(name, file, name)}`).join("\n")}`;
}

/** What a field of this name is everywhere. */
const usual = {
  atMs: "When.",
  startedAtMs: "When it began.",
  endedAtMs: "When it ended.",
  gaps: "What could not be read.",
  failed: "Those that did not.",
  logTail: "The last lines of the target's output.",
  pid: "Its number.",
  startTicks: "When it started, in clock ticks since the boot.",
  inode: "Its number in the kernel.",
};

function section(title, file, name) {
  const { about, fields } = interfaceOf(sourceOf(file), name);
  const rows = fields.map(({ name, type, isOptional, about }) => [
    code(name),
    words(type),
    [about || (usual[name] ?? ""), isOptional ? "May be absent." : ""].filter(Boolean).join(" "),
  ]);
  return `## ${title}\n\n${about === "" ? "" : `${about}\n\n`}${table(["field", "is", "what"], rows)}`;
}

function sourceOf(file) {
  return readFileSync(new URL(`${file}.ts`, model), "utf8");
}

const comment = /\/\*\*(?<about>(?:(?!\*\/)[^])*)\*\//;

function interfaceOf(source, name) {
  const head = new RegExp(
    `(?:${comment.source}\\n)?export interface ${name}(?: extends \\w+)? \\{\\n(?<body>[^]*?)^\\}`,
    "m",
  );
  const found = head.exec(source);
  if (!found) throw new Error(`there is no interface ${name}`);
  return { about: plain(found.groups.about), fields: fieldsOf(found.groups.body) };
}

/** \`readonly name?: type;\`, with the comment before it. */
function fieldsOf(body) {
  const field = new RegExp(
    `(?:${comment.source}\\s*)?readonly (?<name>\\w+)(?<mark>\\??): (?<type>[^;]+);`,
    "g",
  );
  return [...body.matchAll(field)]
    .map(({ groups }) => ({
      name: groups.name,
      type: groups.type.replaceAll(/\s+/g, " ").trim(),
      isOptional: groups.mark === "?" || groups.type.includes("undefined"),
      about: plain(groups.about),
    }))
    .filter(({ name }) => name !== "type");
}

function plain(about = "") {
  return about.replaceAll(/\s*\n\s*\*?\s*/g, " ").trim();
}

function words(type) {
  const inline = /^\{(?<fields>.*)\}/.exec(type)?.groups?.fields;
  if (inline !== undefined)
    return `a mapping of ${code(inline.replaceAll("readonly ", "").replaceAll(" | ", " or ").trim())}`;
  const ways = type.split(" | ").filter((way) => way !== "undefined" && way !== "");
  return ways.map((way) => code(way.replace(/^readonly /, ""))).join(" or ");
}

function phases() {
  const [, list = ""] = /export type Phase =\n([^;]*);/.exec(sourceOf("snapshot")) ?? [];
  return [...list.matchAll(/"([^"]+)"/g)].map(([, phase]) => code(phase)).join(", ");
}
