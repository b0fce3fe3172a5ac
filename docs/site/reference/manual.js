import { existsSync } from "node:fs";
import { exitCodesHelp } from "../../../dist/cli/help.js";
import { made } from "./table.js";

const manual = new URL("../../../dist/manual/pages.js", import.meta.url);
const titles = {
  criterion: "Criteria",
  verdict: "Verdicts",
  "exit code": "Exit codes",
  shape: "Shapes",
  finding: "Findings",
  note: "Notes",
  word: "Words",
};

/** What `watertight explain` says of each word. */
export async function page() {
  if (!existsSync(manual))
    return `# The manual\n\nFor whoever meets an exit code. ${made}\n## Exit codes\n\n\`\`\`text\n${exitCodesHelp.trim()}\n\`\`\`\n`;
  const { pages } = await import(manual.href);
  const kinds = [...new Set(pages.map(({ kind }) => kind))];
  const sections = kinds.map(
    (kind) =>
      `## ${titles[kind] ?? kind}\n\n${pages
        .filter((page) => page.kind === kind)
        .map(section)
        .join("\n")}`,
  );
  return `# The manual: criteria, verdicts, exit codes, shapes, findings

For whoever reads a report and meets a word. \`watertight explain WORD\` prints the same at a terminal. ${made}
${sections.join("\n")}`;
}

function section({ word, short, text = [], sketch, steps = [], see = [] }) {
  const paragraphs = [
    short,
    ...text,
    ...(steps.length > 0 ? [steps.map((step) => `- ${step}`).join("\n")] : []),
  ];
  if (sketch !== undefined) paragraphs.splice(1, 0, `\`\`\`text\n${sketch}\n\`\`\``);
  if (see.length > 0) paragraphs.push(`See also: ${see.join(", ")}.`);
  return `### ${word}\n\n${paragraphs.join("\n\n")}\n`;
}
