import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { PageAssets } from "../report/html/page.js";
import { pageFolder } from "./paths.js";

let read: PageAssets | undefined;

/** The script and the style of the report page, as `npm run build` bundled them. Read once. */
export function pageAssets(): PageAssets {
  read ??= readAssets();
  return read;
}

function readAssets(): PageAssets {
  const [script, style] = ["report.js", "report.css"].map((name) =>
    inline(readFileSync(new URL(name, pageFolder), "utf8")),
  );
  if (script === undefined || style === undefined) throw new Error("the page has no assets");
  return { script, scriptHash: sha256(script), style, styleHash: sha256(style) };
}

/** Nothing in it may end the element that it stands in. */
function inline(text: string): string {
  return text.trimEnd().replaceAll("</", "<\\/");
}

/** As a policy names it (Content Security Policy Level 3, "hash-source"). */
function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
