import { resolve } from "node:path";
import { usageProblem } from "../../model/problem.js";
import { nearest } from "../../scenario/found.js";
import { builtIn, builtInNames, isBuiltIn } from "./built-in.js";
import { isGithub } from "./is-github.js";

/** A reporter that was asked for on the command line. */
export interface AskedReporter {
  /** Of a built-in one, or the path of a module. */
  readonly name: string;
  /** A file, absolute, or an address; undefined = where it goes by itself. */
  readonly destination: string | undefined;
  /** In place of stdout: nobody asked for it there. */
  readonly toStderr?: boolean;
}

type Env = Readonly<Record<string, string | undefined>>;

/** `html`, `junit=out.xml`, `./mine.js=out.txt`. A name has no `=` in it, a file may. */
const form = /^(?<name>[^=]+)(?:=(?<destination>.*))?$/s;

/**
 * What `--reporter` says, each time that it was given; the report for people, where nothing else takes stdout.
 * @param env in a workflow of GitHub its annotations come by themselves, on stderr; left out = they do not
 * @throws Problem exit 2: no such reporter, no file after `=`, or two for stdout or for one file.
 */
export function askedReporters(words: readonly string[], cwd: string, env: Env = {}): AskedReporter[] {
  const asked = words.map((word) => parsed(word, cwd));
  const [first, second] = asked.filter(isForStdout);
  if (first && second) throw twoFor("stdout", [first, second], "their lines would mix");
  requireOwnFiles(asked);
  const forPeople = first ? [] : [{ name: "default", destination: undefined }];
  const isAnnotated = isGithub(env) && !asked.some(({ name }) => name === "github");
  const annotations = isAnnotated ? [{ name: "github", destination: undefined, toStderr: true }] : [];
  return [...forPeople, ...asked, ...annotations];
}

/** Whether a reporter writes to stdout. */
export function isForStdout({ name, destination, toStderr }: AskedReporter): boolean {
  if (destination !== undefined || toStderr) return false;
  return !isBuiltIn(name) || builtIn[name].alone === "stdout";
}

function parsed(word: string, cwd: string): AskedReporter {
  const { name = "", destination } = form.exec(word)?.groups ?? {};
  if (!isBuiltIn(name) && !/[./]/.test(name)) throw noSuchReporter(name);
  if (destination === "") {
    throw usageProblem({ what: `--reporter ${word} names no file`, fix: `--reporter ${name}=FILE` });
  }
  if (destination === undefined) return { name, destination };
  const isAddress = isBuiltIn(name) && builtIn[name].alone === "network";
  return { name, destination: isAddress ? destination : resolve(cwd, destination) };
}

function requireOwnFiles(asked: readonly AskedReporter[]): void {
  const byFile = new Map<string, AskedReporter>();
  for (const one of asked) {
    const { destination } = one;
    // What is no file takes what it gets.
    if (destination === undefined || destination.startsWith("/dev/")) continue;
    const other = byFile.get(destination);
    if (other) throw twoFor(destination, [other, one], "only one of them would be there");
    byFile.set(destination, one);
  }
}

function twoFor(place: string, [first, second]: readonly [AskedReporter, AskedReporter], why: string): Error {
  return usageProblem({
    what: `two reporters for ${place}: ${first.name} and ${second.name}`,
    why,
    fix: `send one of them to a file of its own: --reporter ${second.name}=FILE`,
  });
}

export function noSuchReporter(name: string): Error {
  const meant = nearest(name, builtInNames);
  return usageProblem({
    what: `there is no reporter ${name === "" ? "without a name" : name}`,
    why: `there are: ${builtInNames.join(", ")}`,
    fix:
      meant === undefined
        ? "one of your own is named by its path: ./my-reporter.js"
        : `did you mean ${meant}?`,
  });
}
