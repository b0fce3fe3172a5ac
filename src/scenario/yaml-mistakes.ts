import { type Document, type LineCounter, type Node, type YAMLError, visit } from "yaml";
import { quoted } from "./found.js";
import type { PlacedMistake } from "./mistake.js";

interface Words {
  readonly text: string;
  readonly fix: string;
}

const known: Readonly<Partial<Record<YAMLError["code"], Words>>> = {
  DUPLICATE_KEY: { text: "the same key stands twice in this mapping", fix: "keep one of them" },
  TAB_AS_INDENT: { text: "a tab stands where spaces must indent", fix: "indent with spaces" },
  MULTIPLE_DOCS: { text: "a second document begins here (`---`)", fix: "keep one scenario in a file" },
};

/** Uses of anchors in one file; more is an attempt to fill the memory. */
const maxAliases = 100;

const unclosed: Words = {
  text: "a quote or bracket that was opened is not closed before this place",
  fix: "look for the one without a partner in the lines above",
};

/** What keeps the text from being YAML, in the tool's words where they are clearer. */
export function yamlMistakes(document: Document, lines: LineCounter): readonly PlacedMistake[] {
  const { errors } = document;
  if (errors.length === 0) return untellable(document, lines);
  return errors.map((error) => ({ ...lines.linePos(error.pos[0]), ...wordsFor(error) }));
}

function wordsFor(error: YAMLError): Words {
  const [sentence = error.message] = error.message.split("\n");
  if (/^Missing closing|and end with a [\]}]/.test(sentence)) return unclosed;
  const fix = "check quotes, brackets and the indentation there";
  return known[error.code] ?? { text: `not YAML: ${sentence}`, fix };
}

/** Well-formed, but not to be had as plain data. */
function untellable(document: Document, lines: LineCounter): readonly PlacedMistake[] {
  const mistakes: PlacedMistake[] = [];
  let aliases = 0;
  const add = (node: Node, words: Words): unknown =>
    mistakes.push({ ...lines.linePos(node.range?.[0] ?? 0), ...words });
  visit(document, {
    Alias(_key, alias, parents) {
      aliases += 1;
      if (aliases === maxAliases) add(alias, tooManyAliases);
      // To resolve one takes a walk through the whole document.
      if (aliases >= maxAliases) return visit.BREAK;
      const target = alias.resolve(document);
      if (!target) add(alias, lostAlias(alias.source));
      else if (parents.includes(target)) add(alias, endlessAlias(alias.source));
      return undefined;
    },
    Scalar(key, scalar) {
      if (key === "key" && scalar.value === "__proto__") add(scalar, reservedKey);
    },
  });
  return mistakes;
}

const tooManyAliases: Words = {
  text: `this is the ${maxAliases}th alias (*name); fewer are allowed`,
  fix: "write out what the aliases stand for",
};

/** Validation drops this key without a word, so that it cannot change every object there is. */
const reservedKey: Words = { text: "`__proto__` cannot be a key", fix: "use another name" };

function lostAlias(name: string): Words {
  return {
    text: `${quoted(`*${name}`)} has no anchor before it`,
    fix: `write &${name} before what it stands for`,
  };
}

function endlessAlias(name: string): Words {
  return {
    text: `${quoted(`*${name}`)} stands within what it stands for`,
    fix: "write out what it stands for",
  };
}
