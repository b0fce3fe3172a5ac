/**
 * Characters that a terminal acts on or that reorder what is shown: C0 and C1 controls, DEL, line and
 * paragraph separators, bidirectional marks (Unicode TR 36).
 */
const active = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Text of the target's making, made harmless: controls become `\xNN` or `\uNNNN`. */
export function inert(text: string): string {
  return text.replace(active, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`;
  });
}

/** The same for JSON, in its own escapes: reading it gives back what was written. */
export function inertJson(json: string): string {
  return json.replace(active, (character) =>
    character === "\n" ? character : `\\u${hex(character.charCodeAt(0), 4)}`,
  );
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}
