import { quoted } from "./wrapped.js";

/** Half of a character: no UTF-8, no XML and no URI can hold it. U+FFFE and U+FFFF are none in XML. */
const broken = /\p{Surrogate}|[\ufffe\uffff]/gu;

/** What is no character becomes U+FFFD, as a decoder would have it (Unicode 3.9, D93b). */
export function wellFormed(text: string): string {
  return text.replace(broken, "\ufffd");
}

/** A text of the target's for a file that another program reads: harmless, cut, well formed. One line. */
export function tame(text: string): string {
  return wellFormed(quoted(text));
}
