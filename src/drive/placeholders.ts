/** What placeholders stand for, by name. */
export type Values = Readonly<Record<string, string>>;

/** Puts values in the place of placeholders, each as `escape` has it. */
export type Fill = (text: string, escape?: (value: string) => string) => string;

const named = /\{([A-Za-z][\w-]*)\}/g;

/**
 * Replaces `{name}` where a variable or a value has that name; braces around anything else, such as JSON, are
 * left alone. The values are asked for once, at the first brace.
 */
export function filler(valuesOf: () => Values, variables: ReadonlyMap<string, string>): Fill {
  let values: Values | undefined;
  const valueOf = (name: string): string | undefined => {
    values ??= valuesOf();
    return Object.hasOwn(values, name) ? values[name] : variables.get(name);
  };
  return (text, escape) => {
    if (!text.includes("{")) return text;
    return text.replace(named, (whole, name: string) => {
      const value = valueOf(name);
      if (value === undefined) return whole;
      return escape ? escape(value) : value;
    });
  };
}

/** Fills in a text; where it is JSON, a value with quotes in it leaves it JSON. */
export function fillData(text: string, fill: Fill): string {
  let json: boolean | undefined;
  return fill(text, (value) => {
    // Asked for at the first placeholder: most texts have none.
    json ??= isJson(text);
    return json ? inJson(value) : value;
  });
}

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function inJson(value: string): string {
  return JSON.stringify(value).slice(1, -1);
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
