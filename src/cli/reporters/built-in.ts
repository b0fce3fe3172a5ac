import type { Report, ReporterContext, ReporterFactory } from "../../model/reporting.js";
import type { Locate } from "../../report/sources.js";

interface BuiltIn {
  /** Where it goes when no destination is given: stdout, a file in the folder of the run, or a service. */
  readonly alone: "stdout" | "folder" | "network";
  /** It writes while runs go on, so that its file grows; any other is written whole at the end. */
  readonly live?: boolean;
  /** Loaded only when it is asked for. */
  readonly load: () => Promise<ReporterFactory>;
}

type Render = (report: Report, look: Pick<ReporterContext, "colour" | "width">) => string;

export const builtInNames = [
  "default",
  "html",
  "json",
  "ndjson",
  "junit",
  "markdown",
  "github",
  "sarif",
  "openmetrics",
  "otlp",
  "html",
] as const;
export type BuiltInName = (typeof builtInNames)[number];

/** The reporters by name. */
export const builtIn: Readonly<Record<BuiltInName, BuiltIn>> = {
  default: { alone: "stdout", load: async () => (await import("./people.js")).peopleReporter },
  json: { alone: "stdout", load: async () => atEnd((await import("../../report/json.js")).renderReportJson) },
  html: { alone: "folder", load: async () => atEnd((await import("../render-html.js")).renderHtml) },
  ndjson: {
    alone: "stdout",
    live: true,
    load: async () => (await import("../../report/ndjson.js")).ndjsonReporter,
  },
  junit: { alone: "stdout", load: async () => atEnd((await import("../../report/junit.js")).renderJunit) },
  markdown: {
    alone: "stdout",
    load: async () => atEnd((await import("../../report/markdown.js")).renderMarkdown),
  },
  github: { alone: "stdout", load: async () => (await import("./github.js")).githubReporter },
  sarif: { alone: "stdout", load: async () => located((await import("../../report/sarif.js")).renderSarif) },
  openmetrics: {
    alone: "stdout",
    load: async () => atEnd((await import("../../report/openmetrics.js")).renderOpenmetrics),
  },
  otlp: { alone: "network", load: async () => (await import("./otlp.js")).otlpReporter },
};

export function isBuiltIn(name: string): name is BuiltInName {
  return Object.hasOwn(builtIn, name);
}

/** One that has nothing to say before the end. */
function atEnd(render: Render): ReporterFactory {
  return (context) => ({ onEnd: (report) => context.write(render(report, context)) });
}

/** One that names files of the repository. */
async function located(render: (report: Report, locate: Locate) => string): Promise<ReporterFactory> {
  const { locateIn } = await import("./repository.js");
  return (context) => ({ onEnd: (report) => context.write(render(report, locateIn(context))) });
}
