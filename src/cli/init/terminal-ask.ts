import type { Host } from "../host.js";
import { type Ask, leftQuestions } from "./init-answers.js";

/** Questions at this terminal; undefined where there is none. */
export async function terminalAsk(host: Host): Promise<Ask | undefined> {
  if (!host.stdin.isTTY || !host.stderr.isTTY || host.env["TERM"] === "dumb") return undefined;
  const { default: input } = await import("@inquirer/input");
  return async ({ message, default: usual, wrong }) => {
    const question = {
      message,
      ...(usual === undefined ? {} : { default: usual }),
      validate: (answer: string) => wrong(answer === "" && usual !== undefined ? usual : answer) ?? true,
    };
    try {
      // Results go to stdout, and a question is none.
      return await input(question, { input: host.stdin, output: host.stderr });
    } catch (error) {
      if (error instanceof Error && error.name === "ExitPromptError") throw leftQuestions();
      throw error;
    }
  };
}
