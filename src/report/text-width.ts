const colour = /\u001b\[[\d;]*m/g;
/** Two columns each: East Asian Wide and Fullwidth (Unicode TR 11, the common blocks) and pictographs. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;
const nothing = /\p{Mark}/u;

/** The columns that a text takes at a terminal; colours take none. */
export function textWidth(text: string): number {
  return Array.from(text.replace(colour, "")).reduce((sum, character) => sum + columns(character), 0);
}

/** At most `width` columns; what is cut off is shown by `…`. For text without colours. */
export function cut(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const character of text) {
    used += columns(character);
    if (used > width - 1) break;
    kept += character;
  }
  return width < 1 ? "" : `${kept}…`;
}

function columns(character: string): number {
  if (nothing.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
