import type { Scenario, TargetSpec } from "../model/scenario.js";
import { fillPlaceholders } from "../target/command.js";

export interface Endpoint {
  readonly port: number;
  /** The command that is really run. */
  readonly words: readonly string[];
  /** The scenario's target with every placeholder filled. */
  readonly spec: TargetSpec;
  readonly values: Readonly<Record<string, string>>;
}

export interface Filling {
  readonly scenario: Scenario;
  /** Words that start the reference gateway, to stand for a first word `{gateway}`. */
  readonly gateway: readonly string[];
  /** `NAME` or `NAME:RATE` of a leak to plant in the reference gateway. */
  readonly plant: string | undefined;
  readonly values: Readonly<Record<string, string>>;
}

/** Puts this run's port and paths into the scenario's target. */
export function fillTarget(filling: Filling, port: number): Endpoint {
  const values = { ...filling.values, port: String(port) };
  const { target } = filling.scenario;
  const fill = (words: readonly string[]): readonly string[] => fillPlaceholders(words, values);
  const one = (text: string): string => fill([text])[0] ?? text;
  const isIdle = target.command.length === 1 && target.command[0] === "{idle}";
  return {
    port,
    words: isIdle ? idle : fill(withGateway(target.command, filling)),
    spec: {
      ...target,
      url: one(target.url),
      env: filledEnv(target, one),
      ready: isIdle ? readyIfIdle(target) : filledReady(target, one),
    },
    values,
  };
}

/** Does nothing until it is asked to end: where the sessions start what is under test, no server is needed. */
const idle: readonly string[] = ["sleep", String(2 ** 31 - 1)];

/** It opens no port: unless the scenario knows another sign, there is nothing to wait for. */
function readyIfIdle({ ready }: TargetSpec): TargetSpec["ready"] {
  return ready.how.kind === "port" ? { ...ready, how: { kind: "command", command: ["true"] } } : ready;
}

function withGateway(command: readonly string[], { gateway, plant }: Filling): readonly string[] {
  if (command[0] !== "{gateway}") return command;
  const planted = plant === undefined ? [] : ["--plant", plant];
  return [...gateway, "--port", "{port}", ...command.slice(1), ...planted];
}

function filledEnv({ env }: TargetSpec, one: (text: string) => string): TargetSpec["env"] {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, one(value)]));
}

function filledReady(target: TargetSpec, one: (text: string) => string): TargetSpec["ready"] {
  const { how, withinMs } = target.ready;
  if (how.kind === "socket") return { withinMs, how: { kind: "socket", path: one(how.path) } };
  if (how.kind === "url") return { withinMs, how: { kind: "url", url: one(how.url) } };
  if (how.kind === "command") return { withinMs, how: { kind: "command", command: how.command.map(one) } };
  return target.ready;
}
