import { join } from "node:path";
import { messageOf } from "../model/problem.js";
import type { Report } from "../model/reporting.js";
import { renderReportJson } from "../report/json.js";
import { renderReportText } from "../report/text.js";
import { widthOfFiles } from "./columns.js";
import { warning } from "./problems.js";
import { renderHtml } from "./render-html.js";
import { writeWhole } from "./write-whole.js";

/** report.txt, report.json and report.html into the folder of a run. A page that cannot be made costs only the page. */
export async function saveReports(
  report: Report,
  folder: string,
  warn: (text: string) => void,
): Promise<void> {
  const text = renderReportText(report, { colour: false, width: widthOfFiles });
  await writeWhole(join(folder, "report.txt"), text);
  await writeWhole(join(folder, "report.json"), renderReportJson(report));
  try {
    await writeWhole(join(folder, "report.html"), renderHtml(report));
  } catch (error) {
    const fix = `report.txt and report.json are there; \`watertight report ${folder} --reporter html\` tries again`;
    warn(warning({ what: "no report.html", why: messageOf(error), fix }));
  }
}
