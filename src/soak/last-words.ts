/** It tells the engine's makers more than its users. */
const stackFrame = /^at /;
const mostLines = 5;
const longestLine = 200;

/** The last lines of what a program printed, as one line for a reason: `; its last lines: "a", "b"`. */
export function lastWords({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): string {
  const lines = [stderr, stdout].map(lastLines).find((last) => last.length > 0) ?? [];
  return lines.length === 0 ? "; it printed nothing" : `; its last lines: ${lines.join(", ")}`;
}

function lastLines(text: string): string[] {
  const lines = text.split("\n").map((line) => line.replace(/\p{C}/gu, " ").trim());
  return lines
    .filter((line) => line !== "" && !stackFrame.test(line))
    .slice(-mostLines)
    .map((line) => JSON.stringify(line.slice(0, longestLine)));
}
