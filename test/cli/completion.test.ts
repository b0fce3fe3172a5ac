import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { spawn } from "@lydell/node-pty";
import { beforeAll, describe, expect, it } from "vitest";
import { shells } from "../../src/cli/completion/completion-scripts.js";
import { bin, cleanUpAfterEach, tempFolder, tool } from "./rig.js";

cleanUpAfterEach();

async function words(...typed: string[]): Promise<string[]> {
  const { stdout } = await tool(["complete", "--", ...typed]);
  return stdout.split("\n").flatMap((line) => line.split("\t")[0] || []);
}

/** What is typed, and what may come next. */
const typed: readonly (readonly [string[], string[]])[] = [
  [["r"], ["run", "report"]],
  [["run", "--pl"], ["--plant"]],
  [
    ["run", "goo"],
    ["goose-churn", ":files"],
  ],
  [
    ["run", "goose-churn", "conn"],
    ["connect-churn", ":files"],
  ],
  [["run", "--plant", "f"], ["fd"]],
  [["run", "--plant=f"], ["--plant=fd"]],
  [
    ["run", "--quick", "goo"],
    ["goose-churn", ":files"],
  ],
  [["run", "--out", "x"], [":folders"]],
  [["run", "--attach", "po"], ["port:"]],
  [["run", "--duration", ""], []],
  [["run", "x.yaml", "--", "no"], [":files"]],
  [["run", "--quick", "--qu"], []],
  [["selftest", "--plants", "fd,pt"], ["fd,pty"]],
  [["plan", "--reporter", "j"], ["json"]],
  [["judge", ""], [":files"]],
  [["explain", "CLOSE"], ["CLOSE_WAIT"]],
  [["scenario", "l"], ["lint"]],
  [["scenario", "format", "--c"], ["--check"]],
  [
    ["scenario", "lint", "goo"],
    ["goose-churn", ":files"],
  ],
  [["completion", "z"], ["zsh"]],
  [["help", "doc"], ["doctor"]],
  [["init", ""], [":folders"]],
  [["frobnicate", "x"], []],
];

describe("completion", () => {
  it.each(typed)("%j", async (line, next) => {
    expect(await words(...line)).toEqual(next);
  });

  it("knows each command and each option that the help shows", async () => {
    const help = (await tool(["run", "--help"])).stdout;
    const shown = [...help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, flag = ""]) => flag);
    expect((await words("run", "--")).sort()).toEqual([...new Set(shown)].sort());
  });

  it("offers no command that is hidden", async () => {
    expect(await words("")).not.toContain("complete");
    expect((await tool(["help", "complete"])).code).toBe(2);
  });
});

function has(shell: string): boolean {
  return spawnSync(shell, ["-c", "exit 0"]).status === 0;
}

/** What somebody types, and what stands there after TAB. */
const atTheShell: readonly (readonly [string, string])[] = [
  ["watertight rep", "watertight report"],
  ["watertight run goos", "watertight run goose-churn"],
  ["watertight run --plant=zo", "watertight run --plant=zombie"],
  ["watertight scenario lint my-ser", "watertight scenario lint my-server.yaml"],
];

describe.each(shells)("in a real %s", (shell) => {
  const isMissing = !has(shell) && process.env["CI"] !== "true";
  let folder: string;
  let path: string;

  beforeAll(() => {
    folder = tempFolder({ keep: true });
    const command = join(folder, "watertight");
    writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`);
    chmodSync(command, 0o755);
    writeFileSync(join(folder, "my-server.yaml"), "");
    path = [folder, process.env["PATH"]].join(delimiter);
  });

  it.skipIf(isMissing)("completes what is typed", async () => {
    const lines = shell === "fish" ? atTheShell.map(([line]) => fishCompletes(line)) : await typeAll();
    expect(lines).toEqual(atTheShell.map(([, whole]) => whole));
  });

  /** fish tells by itself what it would put there. */
  function fishCompletes(line: string): string {
    const program = `watertight completion fish | source; complete --do-complete '${line}'`;
    const options = {
      env: { ...process.env, PATH: path, HOME: folder },
      cwd: folder,
      encoding: "utf8",
    } as const;
    const [first = ""] = execFileSync("fish", ["--no-config", "-c", program], options).split("\n");
    return `${line.slice(0, line.lastIndexOf(" ") + 1)}${first.split("\t")[0] ?? ""}`;
  }

  /** At a terminal: the line, TAB, and what the shell puts behind it; Ctrl-C gives a new line. */
  async function typeAll(): Promise<string[]> {
    const start = shell === "bash" ? ["--norc", "--noprofile", "-i"] : ["-f", "-i"];
    const env = { ...process.env, PATH: path, HOME: folder, PS1: "% ", TERM: "dumb", INPUTRC: "/dev/null" };
    const terminal = spawn(shell, start, { cwd: folder, env, cols: 200 });
    let output = "";
    terminal.onData((text) => {
      output += text;
    });
    const ended = new Promise((resolve) => terminal.onExit(resolve));
    const load = shell === "zsh" ? "autoload -U compinit; compinit -u -D; unsetopt beep; " : "";
    terminal.write(`${load}source <(watertight completion ${shell}); echo ready\r`);
    await until(() => /^ready/m.test(output));
    const lines: string[] = [];
    for (const [line] of atTheShell) {
      const from = output.length;
      terminal.write(`${line}\t`);
      await until(
        () => output.slice(from).includes(expected(line)),
        () => output.slice(from),
      );
      lines.push(line + expected(line));
      terminal.write("\u0003");
      await pause(200);
    }
    terminal.kill("SIGKILL");
    await ended;
    return lines;
  }
});

/** The last word, completed; the shell draws it anew. */
function expected(line: string): string {
  const whole = atTheShell.find(([typed]) => typed === line)?.[1] ?? line;
  return whole.slice(line.length);
}

async function until(holds: () => boolean, seen: () => string = () => ""): Promise<void> {
  const end = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`never came: ${JSON.stringify(seen())}`);
    await pause(30);
  }
}
