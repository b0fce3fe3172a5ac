import { tame } from "./tame.js";

/** Braces are placeholders in messages, and stand for themselves when doubled (SARIF 2.1.0, 3.11.5). */
export function sarifText(text: string): string {
  return tame(text).replaceAll("{", "{{").replaceAll("}", "}}");
}
