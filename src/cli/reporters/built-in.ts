import type { Report, ReporterContext, ReporterFactory } from "../../model/reporting.js";

interface BuiltIn {
  /** Where it goes when no destination is given: stdout, a file in the folder of the run, or a service. */
  readonly alone: "stdout" | "folder" | "network";
  /** It writes while runs go on, so that its file grows; any other is written whole at the end. */
  readonly live?: boolean;
  /** Loaded only when it is asked for. */
  readonly load: () => Promise<ReporterFactory>;
}

type Render = (report: Report, look: Pick<ReporterContext, "colour" | "width">) => string;

export const builtInNames = ["default", "json", "html"] as const;
export type BuiltInName = (typeof builtInNames)[number];

/** The reporters by name. */
export const builtIn: Readonly<Record<BuiltInName, BuiltIn>> = {
  default: {
    alone: "stdout",
    load: async () => atEnd((await import("../../report/text.js")).renderReportText),
  },
  json: { alone: "stdout", load: async () => atEnd((await import("../../report/json.js")).renderReportJson) },
  html: { alone: "folder", load: async () => atEnd((await import("../render-html.js")).renderHtml) },
};

export function isBuiltIn(name: string): name is BuiltInName {
  return Object.hasOwn(builtIn, name);
}

/** One that has nothing to say before the end. */
function atEnd(render: Render): ReporterFactory {
  return (context) => ({ onEnd: (report) => context.write(render(report, context)) });
}
