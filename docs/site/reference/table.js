/** A table of Markdown. A line break or a bar would end its cell. */
export function table(titles, rows) {
  const lines = [titles, titles.map(() => "---"), ...rows];
  return `${lines.map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n")}\n`;
}

function cell(text) {
  return text.replaceAll("\n", " ").replaceAll("|", "\\|");
}

/** The text as code, also where it has backticks in it. */
export function code(text) {
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** Said at the head of each page. */
export const made =
  "This page is made from the program itself (`npm run docs:reference`); a test holds it against it.\n";
