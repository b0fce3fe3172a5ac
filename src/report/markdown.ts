import type { Report, ReportedRun } from "../model/reporting.js";
import type { Finding } from "../model/finding.js";
import { formatDuration } from "../model/units.js";
import {
  exhaustionWithInterval,
  heldCell,
  limitCell,
  perWords,
  rateWithInterval,
  seesCell,
} from "./cells.js";
import { codeBlock, codeSpan, codeTag } from "./code.js";
import { leakRate, timeToExhaustion } from "./impact-words.js";
import { none } from "./cells.js";
import { overallVerdict } from "./overall.js";
import { plainFindingLines } from "./plain-finding.js";
import { reasonsLines } from "./reasons.js";
import { tame } from "./tame.js";

/** A bot knows its own comment by this line. */
export const marker = "<!-- watertight-report -->";
/** A comment of GitHub has 65,536 characters at most. */
const mostCharacters = 65_000;
const leftOutText = "_More was left out: a comment has no room for it._";
/** A list longer than this is read by nobody. */
const mostHeadlines = 20;

/**
 * For a comment on a pull request (GitHub Flavored Markdown): verdict first, then what leaks, then the numbers; details
 * are folded. Whatever the target says stands in code, where it is neither link nor mention nor tag.
 */
export function renderMarkdown(report: Report): string {
  const { runs } = report;
  const verdict = overallVerdict(runs.map(({ result }) => result));
  const blocks = [
    `${marker}\n## watertight: ${verdict}`,
    headlines(report),
    ...runs.map(numbers),
    ...runs.flatMap(details),
    ...runs.map(whereBlock),
    `<sub>${tame(report.tool)}, exit code ${report.exitCode}</sub>`,
  ];
  return `${fitted(blocks.filter((block) => block !== "")).join("\n\n")}\n`;
}

/** As many blocks as a comment holds; a smaller one after one that is too large still comes. */
function fitted(blocks: readonly string[]): string[] {
  const most = mostCharacters - leftOutText.length - 4;
  const kept: string[] = [];
  let length = 0;
  for (const block of blocks) {
    if (length + block.length + 2 > most) continue;
    kept.push(block);
    length += block.length + 2;
  }
  return kept.length === blocks.length ? kept : [...kept, leftOutText];
}

function headlines({ runs, skipped }: Report): string {
  const lines = [
    ...runs.flatMap(({ result }) => [
      ...(result.broke === undefined ? [] : [`- ${codeSpan(result.name)} broke: ${codeSpan(result.broke)}`]),
      ...result.findings.map((finding) => headline(finding, result)),
    ]),
    ...skipped.map((name) => `- ${codeSpan(name)} was not run: it was stopped before`),
  ];
  const more = lines.length - mostHeadlines;
  const shown = lines.slice(0, mostHeadlines);
  if (more > 0) shown.push(`- and ${more} more`);
  return shown.length > 0 ? shown.join("\n") : nothingFound(runs);
}

function nothingFound(runs: readonly ReportedRun[]): string {
  const landed = runs.reduce((sum, { result }) => sum + result.operations.landed, 0);
  return overallVerdict(runs.map(({ result }) => result)) === "pass"
    ? `Nothing is left by ${landed} operations. The last column says what would have been seen.`
    : "No leak was found, and not everything could be told: the reasons are below.";
}

/** `- **fds** in `error-storm`: `file descriptor /dev/null`, 0.88 per operation (0.85 to 0.92); 37 h to …; made at `fd.ts:16` */
function headline({ criterion, criteria, resource, origin }: Finding, result: ReportedRun["result"]): string {
  const names = [criterion, ...criteria.filter((id) => id !== criterion)].join(", ");
  const judged = result.criteria.find(({ id }) => id === criterion);
  const time = judged === undefined ? none : timeToExhaustion(judged);
  return [
    `- **${names}** in ${codeSpan(result.name)}: ${codeSpan(resource)}`,
    ...(judged?.verdict === "fail" ? [leakRate(judged)] : []),
    ...(time === none ? [] : [time]),
    ...(origin === undefined ? [] : [`made at ${codeSpan(origin.at)}`]),
  ].join("; ");
}

function numbers({ result }: ReportedRun): string {
  const { name, verdict, operations, durationMs, criteria, interrupted } = result;
  const failed = operations.failed === 0 ? "" : `, ${operations.failed} failed`;
  const cutShort = interrupted ? ", interrupted" : "";
  const ran = `${operations.landed} operations landed${failed} in ${formatDuration(durationMs)}${cutShort}`;
  const per = perWords(criteria[0]?.per);
  const head = ["criterion", "verdict", "baseline → peak → end", per, "limit", "exhausted in", "sees"];
  const rows = criteria.map((one) => [
    one.id,
    one.verdict === "pass" ? one.verdict : `**${one.verdict}**`,
    heldCell(one),
    rateWithInterval(one),
    limitCell(one),
    exhaustionWithInterval(one),
    seesCell(one),
  ]);
  const table = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return [`### ${codeSpan(name)}: ${verdict}`, ran, table.join("\n")].join("\n\n");
}

function details({ result }: ReportedRun): string[] {
  const reasons = reasonsLines(result);
  return [
    ...result.findings.map((finding) =>
      folded(
        `Leak, ${finding.criterion} in ${codeTag(result.name)}: ${codeTag(finding.resource)}`,
        plainFindingLines(finding, result),
      ),
    ),
    ...(reasons.length === 0 ? [] : [folded(`Reasons and notes of ${codeTag(result.name)}`, reasons)]),
  ];
}

/** The blank lines make Markdown of what stands between the tags. */
function folded(summary: string, lines: readonly string[]): string {
  return `<details>\n<summary>${summary}</summary>\n\n${codeBlock(lines)}\n\n</details>`;
}

function whereBlock({ result, folder, repeat }: ReportedRun): string {
  const again = result.verdict === "pass" ? "" : ` Repeat it: ${codeSpan(repeat)}`;
  return `Files of ${codeSpan(result.name)}: ${codeSpan(folder)}.${again}`;
}
