import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const home: string = join(import.meta.dirname, "../..");

/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** Where it begins in the page. */
  readonly at: number;
}

/** All pages of the documentation, e.g. `docs/guides/watch.md`. */
export function docPages(): string[] {
  const names = readdirSync(join(home, "docs"), { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`);
}

export function readPage(name: string): string {
  return readFileSync(join(home, "docs", name), "utf8");
}

export function blocksOf(page: string): Block[] {
  const blocks = page.matchAll(/^```(\w+)\n(.*?)^```$/gms);
  return [...blocks].map((match) => ({ language: match[1] ?? "", text: match[2] ?? "", at: match.index }));
}

/** The rows of every table whose first column has this title, as cells; the title row is left out. */
export function rowsOf(page: string, firstColumn: string): string[][] {
  const tables = page.match(/(^\|.*\|\n)+/gm) ?? [];
  return tables
    .map((table) => table.trim().split("\n").map(cellsOf))
    .filter(([title]) => title?.[0] === firstColumn)
    .flatMap(([, , ...rows]) => rows);
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split("|")
    .map((cell) => cell.trim());
}

/** What stands in backticks. */
export function codeIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
}
