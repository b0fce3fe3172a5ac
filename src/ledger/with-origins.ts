import type { Finding, Origin } from "../model/finding.js";
import type { RunRecord } from "../model/record.js";
import type { CriterionId, ScenarioResult } from "../model/verdict.js";
import { type Made, madeThings } from "./made-things.js";
import { type Home, homeOf, ownFrames, placeOf } from "./stacks.js";

/** The result with the places where what leaked was made, as the second pass saw them. */
export function withOrigins(result: ScenarioResult, traced: RunRecord | undefined): ScenarioResult {
  if (!traced || !isOf(result, traced)) return result;
  const made = madeThings(traced);
  const home = homeOf(traced.run);
  const findings = result.findings.map((finding) => ({ ...finding, origin: originOf(finding, made, home) }));
  return { ...result, findings, notes: [...result.notes, ...notesOf(findings, traced, made)] };
}

/** Another run's second pass may lie in the folder. */
function isOf({ name }: ScenarioResult, { run }: RunRecord): boolean {
  return run.traced === true && run.scenario.name === name;
}

/** Where most of what is like it was made: of the first of its resources for which that was seen. */
function originOf(finding: Finding, made: readonly Made[], home: Home): Origin | undefined {
  const flows = finding.flows.map(({ flow }) => flow);
  const theirs = made.filter(({ flow }) => flow === undefined || flows.length === 0 || flows.includes(flow));
  for (const { criterion, resource } of [finding, ...finding.resources]) {
    const origin = commonest(like(criterion, resource, theirs), home);
    if (origin) return origin;
  }
  return undefined;
}

/** The very same kind of thing, or else all that the criterion is about. */
function like(criterion: CriterionId, resource: string, made: readonly Made[]): readonly Made[] {
  const theirs = made.filter((one) => isAbout(criterion, one));
  const same = theirs.filter((one) => one.resource === resource);
  return same.length > 0 ? same : theirs;
}

/** A PTY is held as a file descriptor. */
function isAbout(criterion: CriterionId, made: Made): boolean {
  return made.criterion === criterion || (criterion === "fds" && made.criterion === "ptys");
}

interface Site {
  readonly origin: Omit<Origin, "seen" | "of">;
  count: number;
  weight: number;
}

function commonest(things: readonly Made[], home: Home): Origin | undefined {
  const sites = new Map<string, Site>();
  for (const thing of things) note(sites, thing, home);
  const [most] = [...sites.values()].toSorted((a, b) => b.weight - a.weight);
  if (!most) return undefined;
  const of = things.reduce((sum, { count }) => sum + count, 0);
  return { ...most.origin, seen: most.count, of };
}

function note(sites: Map<string, Site>, { group, by, count, weight }: Made, home: Home): void {
  const stack = group ? ownFrames(group.stack, home) : [];
  const [first] = stack;
  if (!group || !first) return;
  const at = placeOf(first);
  const site = sites.get(at);
  if (site) {
    site.count += count;
    site.weight += weight;
    return;
  }
  const { kind, retainedBy } = group;
  sites.set(at, { origin: { kind, at, stack, by, ...(retainedBy ? { retainedBy } : {}) }, count, weight });
}

/** What the second pass could not show, and what would. */
function notesOf(findings: readonly Finding[], traced: RunRecord, made: readonly Made[]): string[] {
  const missing = findings.filter(({ origin }) => origin === undefined);
  if (missing.length === 0) return [];
  const { end } = traced;
  const what = `where it was made is not known: ${missing.map(({ resource }) => resource).join(", ")}`;
  if (end?.outcome === "broke")
    return [`${what}: the second pass broke: ${end.reason ?? "no reason is known"}`];
  if (end === undefined || end.outcome === "interrupted")
    return [`${what}: the second pass was stopped early`];
  if (made.length === 0) return [`${what}: it did not leak when ${flowsText(traced)} ran alone`];
  return [`${what}: ${blindness(traced)}`];
}

function flowsText({ run }: RunRecord): string {
  const names = run.scenario.flows.map(({ name }) => name);
  return names.length === 1 ? `the flow ${names[0]}` : `the flows ${names.join(", ")}`;
}

/** Why what was left has no place. */
function blindness({ started, snapshots }: RunRecord): string {
  const looks = snapshots.flatMap(({ probes }) => probes);
  const lost = looks.flatMap(({ gaps }) => gaps).at(-1);
  if (lost) return `${lost.what}: ${lost.why}`;
  const means = started?.probes.filter((name) =>
    looks.some(({ probe, origins }) => probe === name && origins),
  );
  if (!means || means.length === 0) return "nothing that looks into this target tells it";
  return `${means.join(" and ")} did not see it made; it may be older than the load, or of a process that they do not look into`;
}
