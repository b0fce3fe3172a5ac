/**
 * C0 and C1 controls, DEL, line and paragraph separators, the marks that change the direction of text
 * (Unicode Standard Annex #9) and halves of surrogate pairs: whatever could move a cursor, recolour a
 * terminal or reorder a line. The tab stays.
 */
const active =
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\p{Surrogate}]/gu;

/** The text with everything that a terminal would act on written out, e.g. `\x1b` or `\u202e`. */
export function inert(text: string): string {
  return text.replace(active, (mark) => written(mark.charCodeAt(0)));
}

function written(code: number): string {
  const hex = code.toString(16);
  return code <= 0xff ? `\\x${hex.padStart(2, "0")}` : `\\u${hex.padStart(4, "0")}`;
}
