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
