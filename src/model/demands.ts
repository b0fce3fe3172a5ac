import type { CriterionRule, Scenario } from "./scenario.js";

/** The criteria without the power that they ask for: any will do. */
export function withoutDemands(criteria: Scenario["criteria"]): Scenario["criteria"] {
  const { tasks, processes, fds, memory, zombies, ptys } = criteria;
  return {
    tasks: withoutDemand(tasks),
    processes: withoutDemand(processes),
    fds: withoutDemand(fds),
    memory: withoutDemand(memory),
    zombies: withoutDemand(zombies),
    ptys: withoutDemand(ptys),
  };
}

function withoutDemand(rule: CriterionRule): CriterionRule {
  return rule.dropped ? rule : { ...rule, detectPerOperation: undefined };
}
