import type { Finding } from "../model/finding.js";
import type { ReportedRun } from "../model/reporting.js";
import type { CriterionId, CriterionResult } from "../model/verdict.js";
import { sarifText } from "./sarif-text.js";
import { creationPlace, type Locate, type Place, placeOfFrame, scenarioPlace } from "./sources.js";
import { tame } from "./tame.js";

/** What is wrong in a run, or could not be told. */
export function resultsOf(run: ReportedRun, locate: Locate): object[] {
  const { result } = run;
  const told = new Set(result.findings.flatMap(({ criteria }) => criteria));
  const others = result.criteria.filter(({ id, verdict }) => verdict === "fail" && !told.has(id));
  const unclear = result.broke === undefined ? result.criteria.filter(isUnclear) : [];
  return [
    ...result.findings.map((finding) => leak(finding, run, locate)),
    ...others.map(({ id, reason }) => ({ ...plain(id, reason, run), kind: "fail", level: "error" })),
    // 3.27.10: a result of any other kind than `fail` has the level `none`.
    ...unclear.map(({ id, reason }) => ({ ...plain(id, reason, run), kind: "open", level: "none" })),
  ].map((one) => ({ locations: [location(placeOr(undefined, run, locate))], ...one }));
}

function isUnclear({ verdict }: CriterionResult): boolean {
  return verdict === "inconclusive" || verdict === "unchecked";
}

function plain(id: CriterionId, reason: string, { result: { name } }: ReportedRun) {
  return {
    ruleId: id,
    message: { text: sarifText(`${name}: ${reason}`) },
    partialFingerprints: { "watertight/v1": fingerprint([name, id]) },
  };
}

function leak(finding: Finding, run: ReportedRun, locate: Locate): object {
  const { criterion, resource, summary, next, origin, criteria } = finding;
  const { name } = run.result;
  const made = origin === undefined ? "" : ` It is made at ${origin.at}.`;
  const [first] = origin?.stack ?? [];
  const place = creationPlace(finding, run, locate);
  return {
    ruleId: criterion,
    kind: "fail",
    level: "error",
    message: { text: sarifText(`${name}: ${summary}.${made} ${next}`) },
    locations: [location(placeOr(place, run, locate))],
    partialFingerprints: {
      "watertight/v1": fingerprint([name, criterion, resource, first?.file ?? "", first?.name ?? ""]),
    },
    ...codeFlows(finding, run, locate),
    properties: { scenario: tame(name), criteria, repeat: tame(run.repeat) },
  };
}

/** The way to where it is made, outermost call first; only where the repository has all of it. */
function codeFlows({ origin }: Finding, run: ReportedRun, locate: Locate): object {
  const steps = (origin?.stack ?? []).toReversed().flatMap((frame) => {
    const place = placeOfFrame(frame, run, locate);
    const text = sarifText(frame.name ?? "(anonymous)");
    return place ? [{ location: { ...location(place), message: { text } } }] : [];
  });
  return steps.length === 0 ? {} : { codeFlows: [{ threadFlows: [{ locations: steps }] }] };
}

/** A viewer shows no result without a place: the scenario's file stands in, by its name where it is not in the repository. */
function placeOr(place: Place | undefined, run: ReportedRun, locate: Locate): Place {
  const { path } = run.record.run.scenario;
  const name = path.split("/").at(-1) ?? path;
  return place ?? scenarioPlace(run, locate) ?? { path: name, line: undefined, column: undefined };
}

function location({ path, line, column }: Place) {
  const region = line !== undefined && {
    region: { startLine: line, ...(column && { startColumn: column }) },
  };
  return {
    physicalLocation: { artifactLocation: { uri: relativeUri(path), uriBaseId: "%SRCROOT%" }, ...region },
  };
}

function relativeUri(path: string): string {
  return path
    .split("/")
    .map((part) => encodeURIComponent(tame(part)))
    .join("/");
}

/** The same leak on another day, in other processes: numbers of processes and files are no part of it. */
function fingerprint(parts: readonly string[]): string {
  return parts.map((part) => tame(part).replace(/\d+/g, "N")).join("|");
}
