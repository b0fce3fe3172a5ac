import type { TrendRow } from "../../model/history.js";

export interface IndexOptions {
  readonly title: string;
  readonly generatedAtMs: number;
  readonly nights: number;
}

/** Stands in for the index of all nights. */
export function renderNightlyIndex(rows: readonly TrendRow[], { title }: IndexOptions): string {
  return `<!doctype html><title>${title.replaceAll("<", "&lt;")}</title><p>${rows.length} rows</p>\n`;
}
