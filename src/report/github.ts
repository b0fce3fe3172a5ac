import type { Finding } from "../model/finding.js";
import type { Report, ReportedRun } from "../model/reporting.js";
import { creationPlace, type Locate, type Place, scenarioPlace } from "./sources.js";
import { tame } from "./tame.js";

type Level = "error" | "warning";

interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly message: string;
  readonly place: Place | undefined;
}

/** GitHub shows ten of a kind for each step, and drops the others. */
const mostOfKind = 10;

/**
 * What fails as annotations: workflow commands, one a line
 * (docs.github.com/actions/reference/workflow-commands-for-github-actions). A pass says nothing.
 */
export function renderGithub({ runs, skipped }: Report, locate: Locate): string {
  const all = [...runs.flatMap((run) => annotationsOf(run, locate)), ...skipped.map(leftOut)];
  const shown = (["error", "warning"] as const).flatMap((level) =>
    shortened(all.filter((one) => one.level === level)),
  );
  return shown.map((annotation) => `${commandOf(annotation)}\n`).join("");
}

function annotationsOf(run: ReportedRun, locate: Locate): Annotation[] {
  const { result } = run;
  const elsewhere = scenarioPlace(run, locate);
  const name = tame(result.name);
  const told = new Set(result.findings.flatMap(({ criteria }) => criteria));
  const failed = result.criteria.filter(({ id, verdict }) => verdict === "fail" && !told.has(id));
  const unclear = result.broke === undefined ? result.criteria.filter(isUnclear) : [];
  return [
    ...(result.broke === undefined ? [] : [annotation("error", `${name} broke`, result.broke)]),
    ...result.findings.map((finding) => leak(finding, run, creationPlace(finding, run, locate))),
    ...failed.map(({ id, reason }) => annotation("error", `${name}: ${id} fails`, reason)),
    ...unclear.map(({ id, verdict, reason }) => annotation("warning", `${name}: ${id} ${verdict}`, reason)),
  ].map((one) => ({ ...one, place: one.place ?? elsewhere }));
}

function isUnclear({ verdict }: ReportedRun["result"]["criteria"][number]): boolean {
  return verdict === "inconclusive" || verdict === "unchecked";
}

function annotation(level: Level, title: string, message: string): Annotation {
  return { level, title, message: tame(message), place: undefined };
}

function leak(finding: Finding, { result, repeat }: ReportedRun, place: Place | undefined): Annotation {
  const { criterion, resource, summary, next, origin } = finding;
  const lines = [
    summary,
    ...(origin === undefined ? [] : [`made at ${origin.at}`]),
    `next: ${next}`,
    `repeat it: ${repeat}`,
  ];
  const title = `${tame(result.name)} leaks ${criterion}: ${tame(resource)}`;
  return { level: "error", title, message: lines.map(tame).join("\n"), place };
}

function leftOut(name: string): Annotation {
  return annotation("warning", `${tame(name)} was not run`, "it was stopped before");
}

/** The last one that is shown tells how many are not. */
function shortened(annotations: readonly Annotation[]): Annotation[] {
  const more = annotations.length - mostOfKind;
  if (more <= 0) return [...annotations];
  const shown = annotations.slice(0, mostOfKind);
  const last = shown.pop();
  return last
    ? [...shown, { ...last, message: `${last.message}\nand ${more} more: see the summary` }]
    : shown;
}

function commandOf({ level, title, message, place }: Annotation): string {
  const properties = {
    ...(place && { file: tame(place.path), line: place.line, col: place.column }),
    title,
  };
  const words = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${level} ${words.join(",")}::${escapeData(message)}`;
}

/** As `@actions/core` escapes them, and the runner reads them back. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/**
 * A report for people in a workflow's log: what the target says is no command there. The runner takes `::` at the
 * start of a line, blanks before it or not, and `##[` anywhere.
 */
export function withoutCommands(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, String.raw`$1\x3a`).replaceAll("##[", String.raw`#\x23[`);
}
