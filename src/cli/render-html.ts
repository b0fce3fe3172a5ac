import type { Report } from "../model/reporting.js";
import { renderReportHtml } from "../report/html/page.js";
import { pageAssets } from "./page-assets.js";

/** The report as one file of HTML. */
export function renderHtml(report: Report): string {
  return renderReportHtml(report, pageAssets());
}
