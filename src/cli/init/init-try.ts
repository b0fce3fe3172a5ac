import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { exitCodes, Problem } from "../../model/problem.js";
import { formatScenario } from "../../scenario/format.js";
import { parseScenario } from "../../scenario/parse.js";
import type { Answers } from "../../setup/answers.js";
import { scenarioText } from "../../setup/scenario-text.js";
import { secondTry } from "../../setup/second-try.js";
import type { Host } from "../host.js";
import { type Trial, tryScenario } from "./init-trial.js";
import { Interrupts } from "../interrupts.js";

export interface Tried {
  /** Those of the trial that went best. */
  readonly answers: Answers;
  /** The scenario. */
  readonly text: string;
  readonly trial: Trial | undefined;
  /** Why there was none, where there had to be one. */
  readonly untried: string | undefined;
}

export interface TryOut {
  /** False = nothing is to be started. */
  readonly wanted: boolean;
  readonly folder: string;
  /** Where the scenario will be. */
  readonly path: string;
  readonly host: Host;
}

/** At most so many starts of the server. */
const mostTrials = 3;

/** Tries the scenario, and what else may fit where it does not. @throws Problem (exit 130) when interrupted. */
export async function tryOut(answers: Answers, { wanted, folder, path, host }: TryOut): Promise<Tried> {
  const text = textFor(answers);
  parseScenario(text, path);
  const untried = wanted ? whyUntried(answers, host) : undefined;
  if (!wanted || untried !== undefined) return { answers, text, trial: undefined, untried };
  const interrupts = new Interrupts(host, () =>
    host.stderr.write("stopping the trial: nothing is written\n"),
  );
  try {
    return await tryUntilWell(answers, { folder, path, host, interrupts });
  } finally {
    interrupts.release();
  }
}

type Trying = Omit<TryOut, "wanted"> & { readonly interrupts: Interrupts };

async function tryUntilWell(answers: Answers, { path, folder, host, interrupts }: Trying): Promise<Tried> {
  let next: Answers | undefined = answers;
  let best: Tried | undefined;
  for (let trials = 0; next && trials < mostTrials; trials++) {
    const text = textFor(next);
    host.stderr.write(
      trials === 0 ? "trying it: a few sessions on a server of its own\n" : "trying it another way\n",
    );
    const trial = await tryScenario(text, path, { folder, host, stop: interrupts.asked });
    if (interrupts.exitCode !== undefined) throw interrupted();
    if (!best || isBetter(trial, best.trial)) best = { answers: next, text, trial, untried: undefined };
    if (trial.went === "well") break;
    next = secondTry(next, { ...trial, text: [trial.why, trial.output].join("\n") });
  }
  return best ?? { answers, text: textFor(answers), trial: undefined, untried: undefined };
}

function textFor(answers: Answers): string {
  return formatScenario(scenarioText(answers));
}

function isBetter(trial: Trial, before: Trial | undefined): boolean {
  if (trial.went !== before?.went) return trial.went === "well";
  return trial.landed > before.landed;
}

function interrupted(): Problem {
  return new Problem({ what: "interrupted: nothing is written" }, exitCodes.interrupted);
}

function whyUntried({ start }: Answers, host: Host): string | undefined {
  if (host.platform !== "linux") return "a server is driven on Linux only";
  if (start.language !== "compose") return undefined;
  const hasDocker = (host.env["PATH"] ?? "").split(delimiter).some((at) => existsSync(join(at, "docker")));
  const engine = hasDocker ? "" : "; there is no docker on the PATH here";
  return `its service is started by Compose, and not by watertight${engine}`;
}
