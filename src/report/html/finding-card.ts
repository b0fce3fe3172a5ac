import type { Finding, FlowRate, LeavingOperation, Origin } from "../../model/finding.js";
import { formatBytes, formatNumber } from "../../model/units.js";
import type { ScenarioResult } from "../../model/verdict.js";
import { none } from "../cells.js";
import { flowRateText } from "../flow-words.js";
import { timeToExhaustion } from "../impact-words.js";
import { quoted, someOf } from "../wrapped.js";
import { command } from "./command.js";
import { listed } from "./listed.js";
import { longNames } from "./long-names.js";
import { html, type Markup, type Part } from "./markup.js";
import { theirs } from "./theirs.js";

const mostFrames = 20;
const mostEvidence = 40;
const mostFlows = 4;

type Fact = readonly [name: string, text: Part];

/** One cause as a card: what, how fast, who, where, until when, what to do, and how to see it again. */
export function findingCard(finding: Finding, result: ScenarioResult, repeat: string): Markup {
  const ids = [finding.criterion, ...finding.criteria.filter((id) => id !== finding.criterion)];
  const names = ids.map((id) => longNames[id]);
  return html`<article class="card of-fail"><h4>Leak of ${listed(names, names.length)}: ${theirs(finding.resource)}</h4>
<p class="lead">${theirs(finding.summary)}</p>
${factList(factsOf(finding, result))}
${originOf(finding.origin)}
<details open><summary>Evidence</summary><ul class="lines">${evidenceOf(finding)}</ul></details>
<p class="next"><strong>What to do:</strong> ${theirs(finding.next)}</p>
${command("Run just this again", repeat)}</article>`;
}

/** Names and what there is to say of each. */
export function factList(facts: readonly Fact[]): Markup {
  return html`<dl class="facts">${facts.map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}</dl>`;
}

function factsOf(finding: Finding, result: ScenarioResult): Fact[] {
  const { by, resources, flows } = finding;
  const criterion = result.criteria.find(({ id }) => id === finding.criterion);
  const time = criterion === undefined ? none : timeToExhaustion(criterion);
  return [
    ...(time === none ? [] : [["Time left", theirs(time)] as const]),
    ...(resources.length < 2
      ? []
      : [["Of one cause", theirs(resources.map(resourceText).join(", "))] as const]),
    ...(by === undefined ? [] : [["Left by", leftBy(by.examples[0], by)] as const]),
    ...(flows.length === 0 ? [] : [["Flows", theirs(flowsText(flows, finding))] as const]),
  ];
}

function resourceText({ criterion, resource, count }: Finding["resources"][number]): string {
  if (count === undefined) return resource;
  return criterion === "memory"
    ? `${formatBytes(count)} of ${resource}`
    : `${formatNumber(count)} × ${resource}`;
}

function leftBy(example: LeavingOperation | undefined, by: NonNullable<Finding["by"]>): Part {
  const { certain, likely, unattributed, wouldHelp } = by;
  const counts = `${certain} for certain, ${likely} likely, ${unattributed} not known`;
  const help = wouldHelp === undefined ? undefined : html` It would help to ${theirs(wouldHelp)}.`;
  if (!example) return html`not known (${counts}).${help}`;
  const { operation, flow, step, because, sureness } = example;
  const at = step === undefined ? undefined : html`, step ${theirs(step)}`;
  return html`operation ${operation} (flow ${theirs(flow)}${at}), ${sureness}: ${theirs(because)}. In all: ${counts}.${help}`;
}

function flowsText(flows: readonly FlowRate[], { criterion }: Finding): string {
  const own = flows.filter((flow) => flow.criterion === criterion);
  const shown = own.length > 0 ? own : flows;
  return someOf(
    shown.map((flow) => `${flow.flow} ${flowRateText(flow)}`),
    mostFlows,
  );
}

function originOf(origin: Origin | undefined): Markup | undefined {
  if (!origin) return undefined;
  const { stack, seen, of, by, retainedBy, at } = origin;
  const frames = stack.slice(0, mostFrames).map(({ name, file, line }) => {
    const place = line === undefined ? file : `${file}:${line}`;
    return html`<li>${theirs(place)}${name === undefined ? undefined : html` <span class="quiet">${theirs(name)}</span>`}</li>`;
  });
  const more =
    stack.length > mostFrames
      ? html`<li class="quiet">and ${stack.length - mostFrames} more</li>`
      : undefined;
  const share =
    of > 0 ? `${seen} of ${of} that were left when it ran again were made there` : "seen when it ran again";
  const held = retainedBy === undefined ? undefined : html`<p>Held by ${theirs(retainedBy)}</p>`;
  return html`<div class="origin"><h5>Made at ${theirs(at)}</h5><ol class="lines">${frames}${more}</ol>${held}<p class="fine">${share} (known by ${theirs(by)})</p></div>`;
}

function evidenceOf({ evidence }: Finding): Part {
  const lines = evidence.slice(0, mostEvidence).map((line) => {
    const isDetail = line.startsWith(" ");
    return html`<li${isDetail ? html` class="detail"` : undefined}>${theirs(quoted(line.trim()))}</li>`;
  });
  const more = evidence.length - mostEvidence;
  return more > 0 ? [...lines, html`<li class="quiet">and ${more} more in report.json</li>`] : lines;
}
