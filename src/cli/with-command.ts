import { usageProblem } from "../model/problem.js";
import type { Scenario } from "../model/scenario.js";

/**
 * Another server in place of the scenario's own. Of one that speaks in the gateway's stead nothing is known but that it
 * listens on {port}; a scenario for a server of its own still knows how that one tells that it is ready, and of itself.
 */
export function withCommand(scenario: Scenario, command: readonly string[] | undefined): Scenario {
  if (!command) return scenario;
  if (command.length === 0) {
    throw usageProblem({
      what: "no command after --",
      fix: "watertight run goose-churn -- ./my-gateway --port {port}",
    });
  }
  const { target, probes } = scenario;
  if (target.command[0] !== "{gateway}") return { ...scenario, target: { ...target, command } };
  const { node, threads, go } = probes;
  return {
    ...scenario,
    target: { ...target, command, ready: { ...target.ready, how: { kind: "port" } } },
    probes: { node, threads, go: go === "off" ? go : "auto", prometheus: undefined },
  };
}
