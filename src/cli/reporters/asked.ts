import { resolve } from "node:path";
import { usageProblem } from "../../model/problem.js";
import { nearest } from "../../scenario/found.js";
import { builtIn, builtInNames, isBuiltIn } from "./built-in.js";

/** A reporter that was asked for on the command line. */
export interface AskedReporter {
  /** Of a built-in one, or the path of a module. */
  readonly name: string;
  /** A file, absolute, or an address; undefined = where it goes by itself. */
  readonly destination: string | undefined;
}

/** `html`, `junit=out.xml`, `./mine.js=out.txt`. A name has no `=` in it, a file may. */
const form = /^(?<name>[^=]+)(?:=(?<destination>.*))?$/s;

/**
 * What `--reporter` says, each time that it was given; the report for people, where nothing else takes stdout.
 * @throws Problem exit 2: no such reporter, no file after `=`, or two for stdout.
 */
export function askedReporters(words: readonly string[], cwd: string): AskedReporter[] {
  const asked = words.map((word) => parsed(word, cwd));
  const [first, second] = asked.filter(isForStdout);
  if (second) {
    throw usageProblem({
      what: `two reporters for stdout: ${first?.name ?? ""} and ${second.name}`,
      why: "their lines would mix",
      fix: `send one of them to a file: --reporter ${second.name}=FILE`,
    });
  }
  return first ? asked : [{ name: "default", destination: undefined }, ...asked];
}

/** Whether a reporter writes to stdout. */
export function isForStdout({ name, destination }: AskedReporter): boolean {
  return destination === undefined && (!isBuiltIn(name) || builtIn[name].alone === "stdout");
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
