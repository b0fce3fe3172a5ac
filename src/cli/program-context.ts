import { Option } from "commander";
import type { Host } from "./host.js";

export interface ProgramContext {
  readonly host: Host;
  /** The words after `--`; undefined when there was no `--`. */
  readonly command: readonly string[] | undefined;
  readonly finish: (exitCode: number) => void;
}

/** `default` for people, `json` for machines. */
export function reporterOption(): Option {
  return new Option("--reporter <name>", "what goes to stdout")
    .choices(["default", "json"])
    .default("default");
}
