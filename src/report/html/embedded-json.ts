import { type Markup, trusted } from "./markup.js";

/**
 * Data as JSON that stands in a `script` element: nothing in it can end the element or begin a comment
 * (HTML standard, 4.12.1.3 "Restrictions for contents of script elements").
 */
export function embeddedJson(data: unknown): Markup {
  const json = JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return trusted(json);
}
