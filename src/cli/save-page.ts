import { join, resolve } from "node:path";
import type { Report } from "../model/reporting.js";
import type { Host } from "./host.js";
import { isBuiltIn } from "./reporters/built-in.js";
import { Reporting } from "./reporters/reporting.js";

/** The page of one run, in its folder. @returns its path: report.html, or report.txt where there is no such reporter. */
export async function savePage(report: Report, folder: string, host: Host): Promise<string> {
  const name = "html";
  if (!isBuiltIn(name)) return join(folder, "report.txt");
  const destination = resolve(folder, "report.html");
  const reporting = await Reporting.open([{ name, destination }], host);
  await reporting.end(report);
  return destination;
}
