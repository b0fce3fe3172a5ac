import type { Project } from "./project.js";

type Language = "node" | "go" | "python";

const endings: Readonly<Record<Language, RegExp>> = {
  node: /\.(m|c)?[jt]sx?$/,
  go: /\.go$/,
  python: /\.py$/,
};

const tests =
  /(^|\/)(tests?|__tests__|spec|e2e|examples?|docs?)\/|[._-](test|spec)\.\w+$|_test\.go$|(^|\/)test_[^/]*\.py$/;

/** The program's own texts in a language, tests left out; all of them as one. */
export function sourceOf({ files }: Project, language: Language): string {
  return [...files]
    .filter(([path]) => endings[language].test(path) && !tests.test(path))
    .map(([, text]) => text)
    .join("\n");
}

export function allSource(project: Project): string {
  return (["node", "go", "python"] as const).map((language) => sourceOf(project, language)).join("\n");
}

/** The first group of the first match. */
export function firstOf(text: string, pattern: RegExp): string | undefined {
  return pattern.exec(text)?.[1];
}
