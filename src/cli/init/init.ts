import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { exitCodes, usageProblem } from "../../model/problem.js";
import type { Answers } from "../../setup/answers.js";
import { ciFile } from "../../setup/ci-text.js";
import { look } from "../../setup/look.js";
import type { Project } from "../../setup/project.js";
import { startsOf } from "../../setup/starts.js";
import { templateAnswers } from "../../setup/template.js";
import { folderListeners } from "./folder-listeners.js";
import type { Host } from "../host.js";
import { type Ask, answersSeen, askAll } from "./init-answers.js";
import { tellInit, type Written } from "./init-told.js";
import { type Tried, tryOut } from "./init-try.js";
import { version } from "../paths.js";
import { procRoot } from "../platform.js";
import { shortPath } from "../short-path.js";
import { terminalAsk } from "./terminal-ask.js";
import { alreadyThere, type NewFile, writeTogether } from "./write-together.js";

/** As commander leaves them. */
export interface InitWords {
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly template?: boolean;
  /** False with --no-try. */
  readonly try: boolean;
}

const scenarioName = "watertight.yaml";

/** Asks at the terminal of the host; tests answer themselves. */
export type AskHere = (host: Host) => Promise<Ask | undefined>;

export interface InitInput {
  readonly dir: string;
  readonly words: InitWords;
  readonly host: Host;
  readonly askHere?: AskHere;
}

/**
 * `watertight init`: looks at a folder, asks what cannot be seen, tries the scenario that comes of it, and writes it with
 * a CI job.
 * @returns 3 where the trial did not go well.
 */
export async function initCommand({ dir, words, host, askHere = terminalAsk }: InitInput): Promise<number> {
  const folder = requireFolder(resolve(host.cwd(), dir), dir);
  const path = join(folder, scenarioName);
  if (!words.force && existsSync(path)) throw alreadyThere([shortPath(path, host.cwd())]);
  const project = await look(folder, host.platform === "linux" ? folderListeners(procRoot, folder) : []);
  const answers = await answersOf({ project, words, askHere: () => askHere(host), host });
  const tried = await tryOut(answers, { wanted: words.try, folder, path, host });
  const written = await writeFor({ tried, project, folder, host, force: words.force === true });
  host.stdout.write(tellInit({ ...tried, ...written, project }, host));
  return tried.trial?.went === "badly" || tried.untried !== undefined
    ? exitCodes.inconclusive
    : exitCodes.pass;
}

function requireFolder(folder: string, dir: string): string {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  const why = existsSync(folder) ? "it is not a folder" : "there is nothing of that name";
  throw usageProblem({ what: `cannot look into ${dir}`, why, fix: "name the folder of your server" });
}

interface Asked {
  readonly project: Project;
  readonly words: InitWords;
  readonly askHere: () => Promise<Ask | undefined>;
  readonly host: Host;
}

async function answersOf({ project, words, askHere, host }: Asked): Promise<Answers> {
  if (words.template) return templateAnswers;
  const starts = startsOf(project);
  const ask = words.yes ? undefined : await askHere();
  if (ask) return askAll(ask, project, starts);
  if (!words.yes) host.stderr.write("no terminal to ask at: what was seen is taken, as with --yes\n");
  return answersSeen(project, starts);
}

interface ToWrite {
  readonly tried: Tried;
  readonly project: Project;
  readonly folder: string;
  readonly host: Host;
  readonly force: boolean;
}

/** The scenario and the CI job; a job that is there stays as it is. */
async function writeFor({ tried, project, folder, host, force }: ToWrite): Promise<Written> {
  const ci = ciFile({ project, answers: tried.answers, version: version() });
  const fileOf = (name: string, text: string): NewFile => {
    const path = join(folder, name);
    return { path, text, shown: shortPath(path, host.cwd()) };
  };
  const job = fileOf(ci.path, ci.text);
  const isKept = !force && existsSync(job.path);
  const files = [fileOf(scenarioName, tried.text), ...(isKept ? [] : [job])];
  await writeTogether(files, force);
  return { files, ci: isKept ? undefined : ci, kept: isKept ? job.shown : undefined };
}
