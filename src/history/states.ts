import type { Sign } from "./signs.js";

/** `now and then`: it leaks, and only some of the runs show it. */
export type LeakState = "clean" | "leaks" | "now and then";

export const leakStates = ["clean", "leaks", "now and then"] as const;

/** How often a run fails in each state. A fail of the judge is surer than a pass, whose power has its limits. */
const failShare: Readonly<Record<LeakState, number>> = {
  clean: 0.0005,
  leaks: 0.99,
  "now and then": 0.5,
};

/** What it costs to be in a state that the night before was not in, in units of log-likelihood. */
const price: Readonly<Record<LeakState, number>> = {
  clean: 4,
  leaks: 4,
  // It explains anything; so it takes more to be believed, on the first night as well.
  "now and then": 8,
};

/** Of what began tonight the nights that would bear it out are yet to come: a fail in one of two repeats is told. */
const discountTonight: Readonly<Record<LeakState, number>> = { clean: 0, leaks: 0, "now and then": 3 };

/**
 * No night says more than this, however many repeats it has: they share the machine and the build. More than one
 * change costs, so that tonight's fail counts tonight; less than two, so that one odd night between others is none.
 */
const most = 7;

/** The first night has no night before it, so it takes but one change to be odd. */
const mostOfFirst = 3.5;

/** What the signs of a night cost in each state, the most likely one nothing. */
export function costsOf(sign: Pick<Sign, "fails" | "passes">, isFirst = false): Record<LeakState, number> {
  const cost = (state: LeakState): number =>
    -sign.fails * Math.log(failShare[state]) - sign.passes * Math.log(1 - failShare[state]);
  const raw = { clean: cost("clean"), leaks: cost("leaks"), "now and then": cost("now and then") };
  const least = Math.min(...leakStates.map((state) => raw[state]));
  const capped = (state: LeakState): number => Math.min(raw[state], least + (isFirst ? mostOfFirst : most));
  return { clean: capped("clean"), leaks: capped("leaks"), "now and then": capped("now and then") };
}

interface Road {
  readonly cost: number;
  readonly states: Back;
}

/** The states of a road, last first. */
interface Back {
  readonly state: LeakState;
  readonly before: Back | undefined;
}

/**
 * The likeliest states of nights that told something: a hidden Markov chain, by the algorithm of A. J. Viterbi
 * (IEEE Trans. Inf. Theory 13 (1967) 260–269).
 * @returns one for each sign
 */
export function statesOf(signs: readonly Sign[]): LeakState[] {
  const [first, ...others] = signs;
  if (!first) return [];
  const begin = costsOf(first, others.length > 0);
  let roads: Road[] = leakStates.map((state) => ({
    cost: begin[state] + price[state] - price.clean,
    states: back(state),
  }));
  for (const [index, sign] of others.entries()) {
    const costs = costsOf(sign);
    const discount = index === others.length - 1 ? discountTonight : undefined;
    roads = leakStates.map((state) => {
      const change = price[state] - (discount?.[state] ?? 0);
      return cheapest(roads.map((road) => further(road, state, { change, cost: costs[state] })));
    });
  }
  return inOrder(cheapest(roads).states);
}

interface Step {
  readonly change: number;
  readonly cost: number;
}

function further({ cost, states }: Road, state: LeakState, step: Step): Road {
  const change = states.state === state ? 0 : step.change;
  return { cost: cost + change + step.cost, states: back(state, states) };
}

function cheapest(roads: readonly Road[]): Road {
  return roads.reduce((best, road) => (road.cost < best.cost ? road : best));
}

function back(state: LeakState, before?: Back): Back {
  return { state, before };
}

function inOrder(end: Back): LeakState[] {
  const states: LeakState[] = [];
  for (let at: Back | undefined = end; at; at = at.before) states.push(at.state);
  return states.toReversed();
}
