/** What stands for a placeholder; a list stands for as many words. */
export type PlaceholderValues = Readonly<Record<string, string | readonly string[]>>;

/**
 * The words with every `{name}` replaced by its value. A list replaces only a word that is the placeholder
 * and nothing else. Names without a value stay as they are, since `{print}` may be meant for awk.
 */
export function fillPlaceholders(words: readonly string[], values: PlaceholderValues): string[] {
  return words.flatMap((word) => {
    const name = /^\{(\w+)\}$/.exec(word)?.[1] ?? "";
    const whole = Object.hasOwn(values, name) ? values[name] : undefined;
    return typeof whole === "object" ? [...whole] : [fillText(word, values)];
  });
}

/** The text with every `{name}` that has a single value replaced by it. */
export function fillText(text: string, values: PlaceholderValues): string {
  return text.replace(/\{(\w+)\}/g, (written, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return typeof value === "string" ? value : written;
  });
}
