import type { PortWay } from "./project.js";
import { firstOf } from "./sources.js";

/** How Node, Go and Python programs ask their environment for a port. */
const variables: readonly RegExp[] = [
  /process\.env\.(\w*PORT)\b/,
  /process\.env\[\s*["'`](\w*PORT)["'`]\s*\]/,
  /env\(\s*["'`](\w*PORT)["'`]/,
  /(?:os\.Getenv|os\.LookupEnv|envOr|getenv|getEnv)\(\s*"(\w*PORT)"/,
  /os\.environ(?:\.get)?[[(]\s*["'](\w*PORT)["']/,
  /os\.getenv\(\s*["'](\w*PORT)["']/,
];

/** Options of a command line, and how their value is written. */
const options: readonly (readonly [RegExp, (name: string) => string])[] = [
  // Go: flag.Int("port", 8080, …), flag.String("addr", ":8080", …)
  [/flag\.(?:Int|Uint|String)(?:Var\([^,]+,\s*|\(\s*)"(\w*port)"/i, (name) => `-${name} {port}`],
  [
    /flag\.String(?:Var\([^,]+,\s*|\(\s*)"(\w*(?:addr|address|listen|bind)\w*)"/i,
    (name) => `-${name} 127.0.0.1:{port}`,
  ],
  // Python: parser.add_argument("--port")
  [/add_argument\(\s*(?:["']-\w["'],\s*)?["']--([\w-]*port)["']/, (name) => `--${name} {port}`],
  // click.option("--port"), commander's .option("--port <n>"), yargs, minimist
  [/option\(\s*["'](?:-\w,\s*)?--([\w-]*port)\b/, (name) => `--${name} {port}`],
  [/argv\.(port)\b|["']--(port)["']/, () => "--port {port}"],
];

/** The first word of the command line is taken for a port. */
const positional: readonly RegExp[] = [
  /port\b[^\n]{0,30}process\.argv\[2\]/i,
  /port\b[^\n]{0,30}os\.Args\[1\]/i,
  /port\b[^\n]{0,30}sys\.argv\[1\]/i,
];

const fixed: readonly RegExp[] = [
  /\.listen\(\s*(\d{2,5})\b/,
  /\bport\s*[:=]\s*(\d{2,5})\b/i,
  /ListenAndServe(?:TLS)?\(\s*"[^":]*:(\d{2,5})"/,
  /net\.Listen\(\s*"tcp\d?",\s*"[^":]*:(\d{2,5})"/,
  /Addr:\s*"[^":]*:(\d{2,5})"/,
  /serve\([^()\n]*,\s*(\d{2,5})\b/,
  /start_server\([^()\n]*,\s*(\d{2,5})\b/,
  /HTTPServer\(\(\s*["'][^"']*["'],\s*(\d{2,5})\)/,
  /TCPServer\(\(\s*["'][^"']*["'],\s*(\d{2,5})\)/,
  /["'`][^"'`\s]*:(\d{4,5})["'`]/,
];

/** How the program of this source is told its port; undefined where nothing of it is seen. */
export function portWayOf(source: string): PortWay | undefined {
  const name = first(source, variables);
  if (name !== undefined) return { kind: "variable", name };
  for (const [pattern, words] of options) {
    const found = pattern.exec(source);
    if (found) return { kind: "words", words: words(found[1] ?? found[2] ?? "") };
  }
  if (positional.some((pattern) => pattern.test(source))) return { kind: "words", words: "{port}" };
  return fixedPortOf(source);
}

/** The port that it takes by itself. */
function fixedPortOf(source: string): PortWay | undefined {
  const port = first(source, fixed);
  return port === undefined || Number(port) > 65_535 ? undefined : { kind: "fixed", port: Number(port) };
}

function first(source: string, patterns: readonly RegExp[]): string | undefined {
  for (const pattern of patterns) {
    const found = firstOf(source, pattern);
    if (found !== undefined) return found;
  }
  return undefined;
}
