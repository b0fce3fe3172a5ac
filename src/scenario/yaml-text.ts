import type { YAMLError } from "yaml";

const known: Readonly<Record<string, { readonly text: string; readonly fix: string }>> = {
  DUPLICATE_KEY: { text: "the same key stands twice in this mapping", fix: "keep one of them" },
  TAB_AS_INDENT: { text: "a tab stands where spaces must indent", fix: "indent with spaces" },
  MULTIPLE_DOCS: { text: "a second document begins here (`---`)", fix: "keep one scenario in a file" },
  BAD_ALIAS: { text: "this alias has no anchor before it", fix: "write &name before the first use of *name" },
};

/** A syntax error of the YAML library in the tool's words, where they are clearer. */
export function yamlText(error: YAMLError): { text: string; fix: string } {
  const named = known[error.code];
  if (named) return named;
  const [sentence = error.message] = error.message.split("\n");
  return { text: `not YAML: ${sentence}`, fix: "check quotes, brackets and the indentation there" };
}
