/** What placeholders stand for, by name. */
export type Values = Readonly<Record<string, string>>;

/** Puts values in the place of placeholders. */
export type Fill = (text: string) => string;

const named = /\{([A-Za-z][\w-]*)\}/g;

/**
 * Replaces `{name}` where a value has that name; braces around anything else, such as JSON, are
 * left alone. The values are asked for once, at the first brace.
 */
export function filler(valuesOf: () => Values): Fill {
  let values: Values | undefined;
  const replaced = (whole: string, name: string): string => {
    values ??= valuesOf();
    return Object.hasOwn(values, name) ? (values[name] ?? whole) : whole;
  };
  return (text) => (text.includes("{") ? text.replace(named, replaced) : text);
}

/** Fills every string among the values of an object, however deep; the keys stay as they are. */
export function fillFields(fields: Readonly<Record<string, unknown>>, fill: Fill): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, fillAny(value, fill)]));
}

function fillAny(value: unknown, fill: Fill): unknown {
  if (typeof value === "string") return fill(value);
  if (Array.isArray(value)) return value.map((item) => fillAny(item, fill));
  return value !== null && typeof value === "object" ? fillFields({ ...value }, fill) : value;
}
