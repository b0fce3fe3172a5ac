const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Text between tags or in an attribute, of XML or HTML; `]]>` too is harmless then. Controls are no business of this. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element on lines of its own; what is undefined is left out. @param inner lines, or a text that is escaped already */
export function element(
  name: string,
  attributes: Attributes,
  inner: readonly string[] | string = [],
): string[] {
  const words = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  const open = `<${name}${words.join("")}`;
  if (inner.length === 0) return [`${open}/>`];
  if (typeof inner === "string") return [`${open}>${inner}</${name}>`];
  return [`${open}>`, ...inner.map((line) => (/^ *</.test(line) ? `  ${line}` : line)), `</${name}>`];
}
