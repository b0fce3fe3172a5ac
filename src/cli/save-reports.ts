import { join } from "node:path";
import type { Report } from "../model/reporting.js";
import { renderReportJson } from "../report/json.js";
import { renderReportText } from "../report/text.js";
import { widthOfFiles } from "./columns.js";
import { writeWhole } from "./write-whole.js";

/** report.txt and report.json into the folder of a run. */
export async function saveReports(report: Report, folder: string): Promise<void> {
  const text = renderReportText(report, { colour: false, width: widthOfFiles });
  await writeWhole(join(folder, "report.txt"), text);
  await writeWhole(join(folder, "report.json"), renderReportJson(report));
}
