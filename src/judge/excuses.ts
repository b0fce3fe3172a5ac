import type { AllowanceUse, CriterionId } from "../model/verdict.js";
import type { Rule } from "./allowance-rules.js";

/** Something that was left, and that an allowance may be for. */
export interface Plea {
  /** Which allowances are for it. */
  readonly rules: readonly Rule[];
  /** Key of the process that holds it. */
  readonly holder: string;
  /** The criteria that would count it. */
  readonly criteria: readonly CriterionId[];
  /** How many of it; 1 for a thing with an identity. */
  readonly count: number;
}

/** What was excused of one criterion. */
export interface Excused {
  readonly criterion: CriterionId;
  readonly rule: Rule;
  readonly count: number;
}

/** Keeps account of what each allowance has been used for. */
export class Excuses {
  readonly #taken = new Map<Rule, Map<string, number>>();
  readonly #over = new Set<Rule>();
  readonly given: Excused[] = [];

  /** How many of it are excused: by the allowances that are for it, in their order, as far as they go. */
  ask({ rules, holder, criteria, count }: Plea): number {
    let left = count;
    for (const rule of rules) {
      const granted = this.#grant(rule, holder, left);
      left -= granted;
      if (granted > 0) this.given.push(...criteria.map((criterion) => ({ criterion, rule, count: granted })));
    }
    if (left > 0) for (const rule of rules) this.#over.add(rule);
    return count - left;
  }

  #grant(rule: Rule, holder: string, wanted: number): number {
    const taken = this.#taken.get(rule) ?? new Map<string, number>();
    this.#taken.set(rule, taken);
    const scope = rule.builtIn ? holder : "";
    const before = taken.get(scope) ?? 0;
    const granted = Math.min(wanted, rule.limit - before);
    if (granted > 0) taken.set(scope, before + granted);
    return Math.max(0, granted);
  }

  /** What became of each: all those of the scenario, and the built-in ones that were used. */
  uses(rules: readonly Rule[]): AllowanceUse[] {
    return rules.flatMap((rule) => {
      const used = this.#usesOf(rule);
      if (rule.builtIn && used === 0) return [];
      const { reason, builtIn } = rule;
      return [{ what: nameOf(rule), reason, builtIn, used, state: this.#stateOf(rule, used) }];
    });
  }

  #usesOf(rule: Rule): number {
    return [...(this.#taken.get(rule)?.values() ?? [])].reduce((sum, count) => sum + count, 0);
  }

  #stateOf(rule: Rule, used: number): AllowanceUse["state"] {
    if (rule.expired) return "expired";
    if (this.#over.has(rule)) return "over";
    return used > 0 ? "used" : "unused";
  }
}

/** `left out of that, since it is allowed: 3 of fd ^/var/log/app`; undefined where nothing was. */
export function excusedText(excused: readonly Excused[], id: CriterionId): string | undefined {
  const counts = new Map<string, number>();
  for (const { criterion, rule, count } of excused) {
    if (criterion === id) counts.set(nameOf(rule), (counts.get(nameOf(rule)) ?? 0) + count);
  }
  const parts = [...counts].map(([name, count]) => `${count} of ${name}`);
  return parts.length === 0 ? undefined : `left out of that, since it is allowed: ${parts.join(", ")}`;
}

function nameOf({ kind, pattern }: Pick<Rule, "kind" | "pattern">): string {
  return `${kind} ${pattern}`;
}
