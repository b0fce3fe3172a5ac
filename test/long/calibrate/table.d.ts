import type { Row } from "./tally.js";

export function textTable(rows: readonly Row[]): string;
export function markdownTable(
  rows: readonly Row[],
  about: { readonly baseSeed: number | string; readonly seeds: number },
): string;
export function withTable(page: string, table: string): string;
