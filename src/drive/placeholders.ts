const named = /\{([A-Za-z][\w-]*)\}/g;

/** Puts the values in the place of `{name}`; braces around anything else, such as JSON, are left alone. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  if (!text.includes("{")) return text;
  return text.replace(named, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

/** `fill` on every string among the values, however deep; the keys stay as they are. */
export function fillFields(
  fields: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, string>>,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, fillAny(value, values)]));
}

function fillAny(value: unknown, values: Readonly<Record<string, string>>): unknown {
  if (typeof value === "string") return fill(value, values);
  if (Array.isArray(value)) return value.map((item) => fillAny(item, values));
  return value !== null && typeof value === "object" ? fillFields({ ...value }, values) : value;
}
