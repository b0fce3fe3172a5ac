import { isDeepStrictEqual } from "node:util";
import { type Document, isAlias, isMap, isScalar, parseDocument, Scalar, visit, type YAMLMap } from "yaml";

const flow = ["weight", "variants", "steps"];
const size = [
  "operations",
  "duration",
  "maxOperations",
  "maxDuration",
  "batch",
  "concurrency",
  "ramp",
  "warmup",
  "maxFailed",
];
const load = [...size, "command", "engine", "count", "external", "every", "within"];

/** The order in which a reader asks: what is started, what is done to it, how much, and how it is judged. */
const order: Readonly<Record<string, readonly string[]>> = {
  "": [
    "name",
    "about",
    "target",
    "flows",
    "load",
    "quick",
    "settle",
    "drain",
    "stop",
    "production",
    "criteria",
    "detect",
    "allow",
    "probes",
  ],
  target: ["cwd", "command", "env", "url", "tls", "ready", "limits"],
  "flows.*": flow,
  load,
  quick: [...load, "settle", "drain", "detect"],
  settle: ["quiet", "within"],
  stop: ["signal", "within", "whileOpen"],
  criteria: ["tasks", "processes", "fds", "memory", "zombies", "ptys"],
  probes: ["node", "go", "prometheus", "threads", "commands"],
};

/**
 * The same scenario in one way of writing: keys in their order, quotes only where they are needed, one space and no
 * more. Comments stay with what they stand at. The text must be YAML (see examine).
 */
export function formatScenario(text: string): string {
  const document = parseDocument(text, { logLevel: "error" });
  const before: unknown = document.toJS();
  // An anchor must stand before what refers to it.
  if (!hasAliases(document)) sortKeys(document);
  plainQuotes(document);
  const written = document.toString({ lineWidth: 0, flowCollectionPadding: false, indent: 2 });
  const after: unknown = parseDocument(written).toJS();
  if (!isDeepStrictEqual(before, after)) throw new Error("formatting would change what the scenario says");
  return written;
}

function hasAliases(document: Document): boolean {
  let found = false;
  visit(document, {
    Node(_, node) {
      if (!isAlias(node) && node.anchor === undefined) return undefined;
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

function sortKeys({ contents }: Document): void {
  if (!isMap(contents)) return;
  sortMap(contents, order[""] ?? []);
  for (const [name, value] of entriesOf(contents)) {
    if (!isMap(value)) continue;
    const keys = order[name];
    if (keys) sortMap(value, keys);
    if (name === "flows") for (const [, each] of entriesOf(value)) if (isMap(each)) sortMap(each, flow);
  }
}

function entriesOf(map: YAMLMap): (readonly [string, unknown])[] {
  return map.items.map(({ key, value }) => [keyText(key), value]);
}

/** Unknown keys stay behind the known ones, in their own order. What stands above the first key stays above. */
function sortMap(map: YAMLMap, keys: readonly string[]): void {
  const rank = ({ key }: { key: unknown }): number => {
    const at = keys.indexOf(keyText(key));
    return at === -1 ? keys.length : at;
  };
  const [first] = map.items;
  map.items.sort((a, b) => rank(a) - rank(b));
  const [now] = map.items;
  if (first === now) return;
  // An empty line before what was in the midst is none at the top.
  if (isScalar(now?.key)) now.key.spaceBefore = false;
}

function keyText(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

/** Where plain text is the same text, it is plain; the others are in double quotes. Blocks stay blocks. */
function plainQuotes(document: Document): void {
  visit(document, {
    Scalar(_, scalar) {
      const isQuoted = scalar.type === Scalar.QUOTE_DOUBLE || scalar.type === Scalar.QUOTE_SINGLE;
      if (isQuoted && typeof scalar.value === "string") scalar.type = Scalar.PLAIN;
    },
  });
}
