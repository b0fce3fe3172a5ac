import { sha256 } from "@noble/hashes/sha2.js";
import { escapeHtml } from "./escape.js";

export interface Page {
  readonly title: string;
  /** Style sheets of our own making, in order. */
  readonly styles: readonly string[];
  /** Programs of our own making; they run after the body is there. */
  readonly scripts?: readonly string[];
  /** HTML, its text escaped. */
  readonly body: string;
}

/**
 * One file that needs no other and no network. Its Content Security Policy (W3C CSP Level 3) lets run and style only what
 * stands here by its hash, so that text which should slip through stays text: no `style` attributes, no handlers.
 */
export function renderDocument({ title, styles, scripts = [], body }: Page): string {
  const policy = [
    "default-src 'none'",
    `style-src ${sources(styles)}`,
    `script-src ${sources(scripts)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
${styles.map((style) => `<style>${style}</style>`).join("\n")}
</head>
<body>
${body}
${scripts.map((script) => `<script>${script}</script>\n`).join("")}</body>
</html>
`;
}

function sources(texts: readonly string[]): string {
  return texts.length === 0 ? "'none'" : texts.map((text) => `'sha256-${hash(text)}'`).join(" ");
}

function hash(text: string): string {
  return btoa(String.fromCharCode(...sha256(new TextEncoder().encode(text))));
}
