/** `${NAME}` of an environment variable. */
const variable = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

export type Environment = Readonly<Record<string, string | undefined>>;

/** The text with its variables filled in, or the names of those that are not set, or empty. */
export function filledIn(
  text: string,
  env: Environment,
): { readonly text: string; readonly missing: readonly string[] } {
  const missing: string[] = [];
  const filled = text.replace(variable, (_, name: string) => {
    const value = env[name] ?? "";
    if (value === "") missing.push(name);
    return value;
  });
  return { text: filled, missing };
}

/** Why a text cannot be the URL of a webhook; one with variables may turn out to be one. */
export function unfit(url: string): string | undefined {
  if (url.search(variable) !== -1) return undefined;
  const scheme = URL.canParse(url) ? new URL(url).protocol : "";
  return ["http:", "https:"].includes(scheme) ? undefined : "it is no http or https URL";
}
