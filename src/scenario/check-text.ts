import { RE2JS } from "re2js";
import { messageOf } from "../model/problem.js";
import type { FileCommand } from "./file.js";
import { quoted } from "./found.js";
import type { Mistake, Path } from "./mistake.js";

/** One line must have its quotes in pairs, around whole words; a list needs no quotes. */
export function checkCommand(command: FileCommand, path: Path): readonly Mistake[] {
  if (typeof command !== "string") return [];
  const rest = command.replace(/(?<=^|\s)(?:"[^"]*"|'[^']*')(?=\s|$)/g, "");
  const quote = /["']/.exec(rest)?.[0];
  if (quote === undefined) return [];
  const text = `the quote ${quoted(quote)} in the command has no partner, or is not around a whole word`;
  return [{ path, text, fix: 'write the command as a list of words: `[node, server.js, "--name=a b"]`' }];
}

export function checkPattern(pattern: string, path: Path): readonly Mistake[] {
  try {
    void new RegExp(pattern);
    return [];
  } catch (error) {
    const [, why = messageOf(error)] = /: ([^:]*)$/.exec(messageOf(error)) ?? [];
    const text = `${quoted(pattern)} is not a regular expression: ${why.toLowerCase()}`;
    return [
      { path, text, fix: "put a backslash before characters that stand for themselves: . ( ) [ ] * + ?" },
    ];
  }
}

/** RE2 has no look-around and no back-references: that is what makes its time linear. */
export function checkRe2(pattern: string | undefined, path: Path): readonly Mistake[] {
  if (pattern === undefined) return [];
  try {
    RE2JS.compile(pattern);
    return [];
  } catch (error) {
    const why = messageOf(error).replace(/^error parsing regexp: /, "");
    const text = `${quoted(pattern)} is not a regular expression of RE2: ${why.replaceAll("`", "'")}`;
    const fix =
      "put a backslash before characters that stand for themselves; there is no look-around and no \\1";
    return [{ path, text, fix }];
  }
}
