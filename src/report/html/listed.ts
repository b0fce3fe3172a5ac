const list = new Intl.ListFormat("en", { type: "conjunction" });

/** `a, b, and c`; of many the first few: `a, b, and 3 more` */
export function listed(texts: readonly string[], most: number): string {
  const more = texts.length - most;
  return list.format(more > 0 ? [...texts.slice(0, most), `${more} more`] : texts);
}
