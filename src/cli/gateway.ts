import { delimiter } from "node:path";
import { GatewayOptionError } from "../gateway/gateway-option-error.js";
import { type Gateway, type GatewayOptions, startGateway } from "../gateway/start.js";
import { brokeProblem, exitCodes, messageOf, type Problem, usageProblem } from "../model/problem.js";
import { parseDuration } from "../model/units.js";
import type { Host } from "./host.js";
import { standInDir } from "./paths.js";
import { requirePlant } from "./plant-option.js";

/** As commander leaves them. */
export interface GatewayWords {
  readonly host: string;
  readonly port: string;
  readonly agent: string;
  readonly folder: string;
  readonly indexEvery: string;
  readonly pingEvery: string;
  readonly grace: string;
  readonly stopWithin: string;
  readonly maxProcesses: string;
  readonly plant: readonly string[];
}

const stopSignals = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

/** `watertight gateway`: runs until a signal asks it to stop. */
export async function gatewayCommand(words: GatewayWords, host: Host): Promise<number> {
  const asked = stopAsked(host);
  const gateway = await start(words, host);
  host.stdout.write(`watertight gateway: ${gateway.url}\n`);
  await asked;
  await gateway.stop();
  return exitCodes.pass;
}

async function start(words: GatewayWords, host: Host): Promise<Gateway> {
  const log = (line: string): void => void host.stderr.write(`${line}\n`);
  try {
    return await startGateway({ ...optionsOf(words), log, env: withStandIn(host.env) });
  } catch (error) {
    if (error instanceof GatewayOptionError)
      throw usageProblem({ what: error.message, fix: "see: watertight gateway --help" });
    if (isSystemError(error)) throw cannotListen(words, error);
    throw error;
  }
}

function optionsOf(words: GatewayWords): Omit<GatewayOptions, "log" | "env"> {
  return {
    host: words.host,
    port: requireNumber("--port", words.port, 65_535),
    agent: words.agent,
    folder: words.folder,
    indexEveryMs: requireDuration("--index-every", words.indexEvery),
    pingEveryMs: requireDuration("--ping-every", words.pingEvery),
    graceMs: requireDuration("--grace", words.grace),
    stopWithinMs: requireDuration("--stop-within", words.stopWithin),
    maxProcesses: requireNumber("--max-processes", words.maxProcesses, 1_000_000),
    plants: words.plant.map(requirePlant),
  };
}

/** A handler stays until the end: a second signal must not kill the gateway before it has cleaned up. */
function stopAsked(host: Pick<Host, "on">): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of stopSignals) host.on(signal, () => resolve());
  });
}

/** The user's own `goose` comes first on PATH, the stand-in last. */
function withStandIn(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, PATH: [env["PATH"], standInDir].filter(Boolean).join(delimiter) };
}

function requireNumber(option: string, text: string, highest: number): number {
  if (/^\d+$/.test(text) && Number(text) <= highest) return Number(text);
  throw usageProblem({
    what: `${option} ${text} is not possible`,
    fix: `write a whole number from 0 to ${highest}`,
  });
}

function requireDuration(option: string, text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0) return ms;
  throw usageProblem({
    what: `${option} ${text} is no duration`,
    fix: `write a number with ms, s, m or h: ${option} 2s`,
  });
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

function cannotListen({ host, port }: GatewayWords, error: NodeJS.ErrnoException): Problem {
  const taken = error.code === "EADDRINUSE";
  return brokeProblem(
    {
      what: `cannot listen on ${host}:${port}`,
      why: taken ? "another program listens there" : messageOf(error),
      fix: taken
        ? "use --port 0 for a free one, or stop the other program"
        : "choose another --host or --port",
    },
    error,
  );
}
