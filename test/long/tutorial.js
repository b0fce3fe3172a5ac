// npm run docs:tutorial: follows docs/tutorial.md word for word in a fresh clone, and holds what comes against the page.
// --keep DIR keeps what each command printed, as 1.txt, 2.txt …
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const home = resolve(import.meta.dirname, "../..");
const at = process.argv.indexOf("--keep");
const keep = at === -1 ? undefined : resolve(process.argv[at + 1] ?? ".");
const temp = mkdtempSync(join(tmpdir(), "watertight-tutorial-"));
const clone = join(temp, "watertight");
// As a reader's own terminal: in CI there would be no second pass.
const { CI: _, ...env } = process.env;

const page = readFileSync(join(home, "docs/tutorial.md"), "utf8");
const blocks = [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, text]) => ({
  language,
  text,
}));

try {
  must("git", ["clone", "--quiet", home, clone], temp);
  const sinceMs = Date.now();
  const wrong = follow();
  const minutes = ((Date.now() - sinceMs) / 60_000).toFixed(1);
  console.log(`${wrong === 0 ? "pass" : `fail: ${wrong} differ`}: followed in ${minutes} minutes`);
  process.exitCode = wrong === 0 ? 0 : 1;
} finally {
  rmSync(temp, { recursive: true, force: true });
}

/** @returns how many commands did not do what the page shows. */
function follow() {
  let wrong = 0;
  let number = 0;
  for (const [index, { language, text }] of blocks.entries()) {
    if (language === "sh") {
      number += 1;
      const next = blocks[index + 1];
      if (!runBlock(text, { number, shown: next?.language === "text" ? next.text : undefined })) wrong += 1;
    } else writeNamed(text);
  }
  return wrong;
}

/** A block whose first line is a comment with a file's name is that file. */
function writeNamed(text) {
  const { name } = /^(?:\/\/|#) (?<name>[\w./-]+\.\w+)\b/.exec(text)?.groups ?? {};
  if (name === undefined) return;
  mkdirSync(dirname(join(clone, name)), { recursive: true });
  writeFileSync(join(clone, name), text);
}

function runBlock(command, { number, shown }) {
  const sinceMs = Date.now();
  const { stdout, stderr, status } = spawnSync("bash", ["-c", command], {
    cwd: clone,
    env,
    encoding: "utf8",
  });
  if (keep !== undefined) {
    mkdirSync(keep, { recursive: true });
    writeFileSync(join(keep, `${number}.txt`), `$ ${command}${stdout}\n--- ${status}\n${stderr}`);
  }
  const isRight = shown === undefined ? status === 0 : agrees(shown, stdout, status);
  const seconds = ((Date.now() - sinceMs) / 1000).toFixed(0);
  console.log(
    `${isRight ? "as shown" : "DIFFERS "}  ${seconds.padStart(4)} s  exit ${status}  ${command.trim().split("\n").join("; ")}`,
  );
  if (!isRight) console.log(stdout + stderr);
  return isRight;
}

/** Numbers differ from machine to machine. Verdicts, what leaks and where it is made do not. */
function agrees(shown, stdout, status) {
  const exits = { pass: 0, fail: 1 };
  const [, verdict] = /^[\w-]+: (pass|fail) {2}\(/m.exec(shown) ?? [];
  if (verdict !== undefined && status !== exits[verdict]) return false;
  const there = new Set(shapeOf(stdout));
  return shapeOf(shown).every((line) => there.has(line));
}

function shapeOf(text) {
  const rows = text.matchAll(
    /^ {2}(tasks|processes|fds|memory|zombies|ptys) +(pass|fail|inconclusive|unchecked|dropped) /gm,
  );
  const leaks = text.matchAll(/^ {2}Leak, .*$/gm);
  const places = text.matchAll(/^ {4}Made at: \S+/gm);
  return [
    ...[...rows].map(([, id, verdict]) => `${id} ${verdict}`),
    ...[...leaks, ...places].map(([line]) => line.trim()),
  ];
}

function must(command, words, cwd) {
  const { status, stderr } = spawnSync(command, words, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${words.join(" ")}: ${stderr}`);
}
