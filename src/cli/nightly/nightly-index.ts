import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { isDay } from "../../model/day.js";
import type { TrendRow } from "../../model/history.js";
import { makeFolder } from "../../soak/make-folder.js";
import { writeWhole } from "../write-whole.js";

/** Nights that the index shows. */
const nightsShown = 90;

/** Writes the index of all nights; another nightly may do so at the same time. @returns its path. */
export async function writeIndex(rows: readonly TrendRow[], out: string, title: string): Promise<string> {
  const { renderNightlyIndex } = await import("../../report/nightly/index-page.js");
  const options = { title, generatedAtMs: Date.now(), nights: nightsShown };
  const html = renderNightlyIndex(withPages(rows, out), options);
  const path = join(out, "index.html");
  const beside = join(out, `.index-${randomBytes(4).toString("hex")}.html`);
  makeFolder(out);
  await writeWhole(beside, html);
  await rename(beside, path);
  return path;
}

/** Without the links to pages that are elsewhere, or removed. */
function withPages(rows: readonly TrendRow[], out: string): TrendRow[] {
  return rows.map((row) => ({
    ...row,
    nights: row.nights.map((night) => ({
      ...night,
      report: night.report !== undefined && existsSync(join(out, night.report)) ? night.report : undefined,
    })),
  }));
}

/** Removes the folders of all nights but the last few. @returns how many. */
export async function removeOldNights(out: string, keepNights: number): Promise<number> {
  const nights = (await readdir(out)).filter((name) => isDay(name)).sort();
  const old = nights.slice(0, Math.max(0, nights.length - keepNights));
  for (const night of old) await rm(join(out, night), { recursive: true, force: true });
  return old.length;
}
