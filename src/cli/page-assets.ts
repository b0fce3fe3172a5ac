import { readFileSync } from "node:fs";
import type { PageAssets } from "../report/html/page.js";
import { pageFolder } from "./paths.js";

let read: PageAssets | undefined;

/** The script and the style of the report page, as `npm run build` bundled them. Read once. */
export function pageAssets(): PageAssets {
  read ??= { script: inline("report.js"), style: inline("report.css") };
  return read;
}

/** Nothing in it may end the element that it stands in. */
function inline(name: string): string {
  return readFileSync(new URL(name, pageFolder), "utf8").trimEnd().replaceAll("</", "<\\/");
}
