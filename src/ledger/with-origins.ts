import type { Finding, Origin } from "../model/finding.js";
import type { RunRecord } from "../model/record.js";
import type { ScenarioResult } from "../model/verdict.js";
import { leaversIn } from "./leavers.js";
import { like, type Made, seenIn } from "./made-things.js";
import { hasPlace } from "./second-pass.js";
import { type Home, homeOf, ownFrames, placeOf } from "./stacks.js";

/** Of the memory that stays, what the allocations that were seen come to, for them to tell of it. */
const leastSeen = 0.5;

/** The result with the places where what leaked was made, as the second pass saw them. */
export function withOrigins(result: ScenarioResult, traced: RunRecord | undefined): ScenarioResult {
  if (!traced || !isOf(result, traced)) return result;
  const seen = seenIn(traced);
  const made = seen.things;
  const home = homeOf(traced.run);
  const findings = result.findings.map((finding) => ({
    ...finding,
    by: leaversIn(seen, finding),
    origin: originOf(finding, made, home),
  }));
  const missing = findings.filter((finding) => !finding.origin && hasPlace(finding, result));
  return { ...result, findings, notes: [...result.notes, ...notesOf(missing, traced, made)] };
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
    const things = like(criterion, resource, theirs);
    const origin = criterion === "memory" ? allocation(things, home) : commonest(things, home);
    if (origin)
      return isOfSocket(resource) ? { ...origin, ...holderOf(made.filter(isSocket), home) } : origin;
  }
  return undefined;
}

/** Of memory the allocation tells more than the variable that holds it; but a profiler may have missed it. */
function allocation(things: readonly Made[], home: Home): Origin | undefined {
  const held = things.filter(isHeld);
  const made = things.filter((thing) => !isHeld(thing));
  const [site, holder] = [commonest(made, home), commonest(held, home)];
  const isSeen = site !== undefined && weightOf(made) >= leastSeen * weightOf(held);
  return isSeen ? { ...site, ...holderOf(held, home) } : holder;
}

function holderOf(held: readonly Made[], home: Home): Pick<Origin, "retainedBy"> {
  const retainedBy = commonest(held, home)?.retainedBy;
  return retainedBy === undefined ? {} : { retainedBy };
}

/** Known by what holds it, and not by where it was made. */
function isHeld({ group }: Made): boolean {
  return group?.kind === "memory" && group.retainedBy !== undefined;
}

/** All sockets of a server are made where it listens: what holds those that stay tells them from the others. */
function isOfSocket(resource: string): boolean {
  return /^(file descriptor socket|task TCP)/.test(resource);
}

function isSocket(made: Made): boolean {
  return isHeld(made) && made.group?.type?.endsWith("Socket") === true;
}

function weightOf(things: readonly Made[]): number {
  return things.reduce((sum, { weight }) => sum + weight, 0);
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
function notesOf(missing: readonly Finding[], traced: RunRecord, made: readonly Made[]): string[] {
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
