import type { Argument, Command, Option } from "commander";

/** A word that may come next, and what it means. */
export interface Candidate {
  readonly word: string;
  readonly about?: string | undefined;
}

/** What is known beside the commands: by the name of an argument, or the long flag of an option. */
export interface Vocabulary {
  /** Words for the value of an option; `:files` and `:folders` stand for the shell's own. */
  readonly ofOption: (flag: string) => readonly string[];
  readonly ofArgument: (command: string, argument: string) => readonly string[];
}

/** Of all that may stand at the place of the last word, what begins with it. @param typed without the tool's own name */
export function candidatesFor(program: Command, typed: readonly string[], known: Vocabulary): Candidate[] {
  const current = typed.at(-1) ?? "";
  const before = typed.slice(0, -1);
  if (before.includes("--")) return [{ word: ":files" }];
  const { command, rest } = commandOf(program, before);
  return possible({ command, rest, current, known }).filter(
    ({ word }) => word.startsWith(":") || word.startsWith(current),
  );
}

interface Place {
  readonly command: Command;
  /** The words after the command's name, the current one not among them. */
  readonly rest: readonly string[];
  readonly current: string;
  readonly known: Vocabulary;
}

function possible(place: Place): readonly Candidate[] {
  const { command, rest, current, known } = place;
  const written = /^(--[\w-]+)=/.exec(current)?.[1];
  const awaiting = optionOf(command, written ?? rest.at(-1));
  if (awaiting && takesValue(awaiting)) {
    const prefix = written === undefined ? "" : `${written}=`;
    const values = valuesOf(awaiting, known, current.slice(prefix.length));
    if (values.length > 0 || awaiting.required) return values.map((word) => candidate(word, prefix));
  }
  if (current.startsWith("-")) return flagsOf(command, rest);
  return [...commandsOf(command), ...argumentsOf(place)];
}

/** As deep as the words go: `scenario lint`. */
function commandOf(
  program: Command,
  words: readonly string[],
): { command: Command; rest: readonly string[] } {
  let command = program;
  let rest = words;
  for (;;) {
    const next = command.commands.find((each) => each.name() === rest[0]);
    if (!next) return { command, rest };
    command = next;
    rest = rest.slice(1);
  }
}

function optionOf(command: Command, word: string | undefined): Option | undefined {
  return command.options.find(({ long, short }) => word !== undefined && (word === long || word === short));
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}

/** In a list with commas the last one is completed. */
function valuesOf({ long, argChoices }: Option, known: Vocabulary, current: string): string[] {
  const values = argChoices ?? known.ofOption(long ?? "");
  const list = current.slice(0, current.lastIndexOf(",") + 1);
  return values.map((value) => (value.startsWith(":") ? value : list + value));
}

function candidate(word: string, prefix: string): Candidate {
  return { word: word.startsWith(":") ? word : prefix + word };
}

/** Those that are not given yet, or may be given again. */
function flagsOf(command: Command, given: readonly string[]): Candidate[] {
  const own = command.options.filter(
    ({ long, hidden }) => !hidden && long !== undefined && !given.includes(long),
  );
  const again = command.options.filter(({ long, parseArg }) => parseArg && given.includes(long ?? ""));
  const all = [...own, ...again].map(({ long = "", description }) => ({
    word: long,
    about: firstWords(description),
  }));
  return [...all, { word: "--help", about: "print help" }];
}

function commandsOf(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((each) => ({ word: each.name(), about: firstWords(each.summary() || each.description()) }));
}

function argumentsOf({ command, rest, known }: Place): Candidate[] {
  const argument = argumentAt(command, positionals(command, rest).length);
  if (!argument) return [];
  const words = argument.argChoices ?? known.ofArgument(command.name(), argument.name());
  return words.map((word) => ({ word }));
}

function argumentAt(command: Command, index: number): Argument | undefined {
  const last = command.registeredArguments.at(-1);
  return command.registeredArguments[index] ?? (last?.variadic ? last : undefined);
}

/** The words that are neither options nor their values. */
function positionals(command: Command, words: readonly string[]): readonly string[] {
  return words.filter((word, index) => {
    if (word.startsWith("-")) return false;
    const option = optionOf(command, words[index - 1]);
    return !option?.required;
  });
}

/** One line of a menu. */
function firstWords(text: string): string {
  return text.replace(/[\t\n]+/g, " ");
}
