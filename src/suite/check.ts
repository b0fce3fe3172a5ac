import { isDay } from "../model/day.js";
import { checkCommand } from "../scenario/check-text.js";
import { didYouMean, quoted } from "../scenario/found.js";
import type { Mistake, Path } from "../scenario/mistake.js";
import type { FilePair, SuiteFile } from "./file.js";
import { unfit } from "./variables.js";

/** What one field alone cannot show: names that are there, days that come, something to run. */
export function checkSuite(file: SuiteFile): readonly Mistake[] {
  return [
    ...checkTargets(file),
    ...checkScenarios(file),
    ...file.exclude.flatMap((each, index) => checkPair(each, file, ["exclude", index])),
    ...checkQuarantine(file),
    ...checkRest(file),
    ...checkWebhook(file),
  ];
}

function checkTargets({ targets }: SuiteFile): readonly Mistake[] {
  const named = Object.entries(targets);
  if (named.length === 0) {
    const fix = "write for example `targets: {gateway: {}}`";
    return [{ path: ["targets"], text: "there is no target", fix }];
  }
  return named.flatMap(([name, { command }]) => [
    ...checkName(name),
    ...(command === undefined ? [] : checkCommand(command, ["targets", name, "command"])),
  ]);
}

/** It names folders. */
function checkName(name: string): readonly Mistake[] {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) return [];
  const text = `${quoted(name)} cannot name a target: at most 64 letters, digits, dots, dashes, underscores, and a letter or digit first`;
  return [{ path: ["targets", name], atKey: true, text, fix: "use another name" }];
}

function checkScenarios({ scenarios }: SuiteFile): readonly Mistake[] {
  return scenarios.flatMap((scenario, index) => {
    if (scenarios.indexOf(scenario) === index) return [];
    const text = `${quoted(scenario)} stands twice in the list`;
    return [{ path: ["scenarios", index], text, fix: "keep one of them; `repeats` runs each several times" }];
  });
}

function checkPair({ target, scenario }: FilePair, file: SuiteFile, path: Path): readonly Mistake[] {
  const mistakes = [
    ...checkKnown(target, Object.keys(file.targets), [...path, "target"]),
    ...checkKnown(scenario, file.scenarios, [...path, "scenario"]),
  ];
  if (target !== undefined || scenario !== undefined) return mistakes;
  const text = "neither a target nor a scenario is named, so it would be everything";
  return [{ path, text, fix: "name the target, the scenario, or both" }];
}

function checkKnown(name: string | undefined, known: readonly string[], path: Path): readonly Mistake[] {
  if (name === undefined || known.includes(name)) return [];
  const text = `there is no ${String(path.at(-1))} ${quoted(name)} in this suite${didYouMean(name, known)}`;
  return [{ path, text, fix: `name one of: ${known.join(", ")}` }];
}

function checkQuarantine(file: SuiteFile): readonly Mistake[] {
  return file.quarantine.flatMap((each, index) => {
    const path = ["quarantine", index];
    const pair = checkPair(each, file, path);
    if (isDay(each.until)) return pair;
    const text = `the calendar has no day ${quoted(each.until)}`;
    const fix = "write year, month and day, such as `until: 2027-01-31`";
    return [...pair, { path: [...path, "until"], text, fix }];
  });
}

function checkRest({ targets, scenarios, exclude }: SuiteFile): readonly Mistake[] {
  const pairs = Object.keys(targets).flatMap((target) => scenarios.map((scenario) => ({ target, scenario })));
  const left = pairs.filter((pair) => !exclude.some((each) => matches(each, pair)));
  if (pairs.length === 0 || left.length > 0) return [];
  return [{ path: ["exclude"], text: "everything is excluded", fix: "leave something to run" }];
}

/** What is not named is any. */
export function matches({ target, scenario }: FilePair, pair: Required<FilePair>): boolean {
  return (
    (target === undefined || target === pair.target) && (scenario === undefined || scenario === pair.scenario)
  );
}

function checkWebhook({ webhook }: SuiteFile): readonly Mistake[] {
  if (webhook === undefined || unfit(webhook.url) === undefined) return [];
  const text = `expected an http or https URL, or \${NAME}, found ${quoted(webhook.url)}`;
  return [{ path: ["webhook", "url"], text, fix: 'write for example `url: "${WATERTIGHT_WEBHOOK}"`' }];
}
