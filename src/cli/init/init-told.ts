import type { Project } from "../../setup/project.js";
import { portWayText, sessionText } from "../../setup/answers.js";
import type { CiFile } from "../../setup/ci-text.js";
import { hintsFor } from "../../setup/hints.js";
import { inert } from "../../report/inert.js";
import { wrap } from "../../report/wrap.js";
import type { Host } from "../host.js";
import type { Tried } from "./init-try.js";
import type { NewFile } from "./write-together.js";

/** What became of the files. */
export interface Written {
  readonly files: readonly NewFile[];
  /** Undefined = one was there. */
  readonly ci: CiFile | undefined;
  /** A file that was there, and is left as it is. */
  readonly kept: string | undefined;
}

export interface InitTold extends Tried, Written {
  readonly project: Project;
}

const widest = 100;

/** What was seen, written and tried, and what is next. */
export function tellInit(told: InitTold, { stdout }: Pick<Host, "stdout">): string {
  const width = Math.min(stdout.columns ?? widest, widest);
  const put = (label: string, text: string): string[] =>
    wrap(inert(text), { width, first: `${label.padEnd(7)} `, rest: " ".repeat(8) });
  const { files, kept, ci } = told;
  const lines = [
    ...put("seen", seenText(told)),
    ...put("wrote", files.map(({ shown }) => shown).join(", ")),
    ...(kept === undefined ? [] : put("kept", `${kept}, which was there; --force writes over it`)),
    ...triedTexts(told).flatMap((text, index) => put(index === 0 ? "tried" : "", text)),
    ...missingTexts(told).flatMap((text) => put("missing", text)),
    ...(ci?.left === undefined ? [] : put("left", ci.left)),
    ...put("next", nextText(told)),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}

function seenText({ answers: { start, port, sessions } }: InitTold): string {
  const how =
    start.command === "" ? "" : `${start.command.startsWith("sh -c") ? "built and started" : start.command} `;
  const told = start.command === "{gateway}" ? "" : `; port: ${portWayText(port)}`;
  return `${how}(${start.from})${told}; a session: ${sessions.map(sessionText).join("; ")}`;
}

function triedTexts({ trial, untried }: InitTold): string[] {
  if (untried !== undefined) return [`not yet: ${untried}`];
  if (!trial) return [];
  if (trial.went === "well")
    return [`the server was started, and ${trial.landed} sessions did what they should`];
  return [
    `it did not go well: ${trial.why ?? "no session landed"}`,
    ...trial.said.map((line) => line.slice(0, longestLine)),
  ];
}

/** A line of the server's can be megabytes long. */
const longestLine = 300;

function missingTexts({ trial, answers, project }: InitTold): string[] {
  if (trial?.went !== "badly") return [];
  const text = [trial.why, trial.output].join("\n");
  const hints = hintsFor({ answers, text, ports: trial.ports, others: project.listeners });
  return hints.length > 0
    ? hints
    : ["nobody can tell from here: start it by hand, and correct target in watertight.yaml"];
}

function nextText({ answers: { start }, trial, files }: InitTold): string {
  const file = files[0]?.shown ?? "watertight.yaml";
  if (start.language === "compose")
    return `docker compose up --detach --wait, then the command at the top of ${file}`;
  const run = `npx watertight run ${file} --quick`;
  return trial?.went === "badly" ? `mend that, then ${run}` : run;
}
