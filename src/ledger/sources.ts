import type { Flow } from "../model/scenario.js";

/** Flows that are taken together, e.g. all variants with the same way of closing. */
export interface Source {
  /** A flow, or `goose-session ending=fin`. */
  readonly name: string;
  /** Indices of flows. */
  readonly members: readonly number[];
}

/** Each flow by itself. */
export function singles(flows: readonly string[]): Source[] {
  return flows.map((name, index) => ({ name, members: [index] }));
}

/** The levels of one factor, and the flows that have not got it, each by itself. */
export interface Levels {
  /** The flow that has the variants. */
  readonly of: string;
  readonly sources: readonly Source[];
  /** Indices of those sources that are levels. */
  readonly levels: readonly number[];
}

/** One for each factor that has two levels or more. */
export function levelsOf(names: readonly string[], flows: readonly Flow[]): Levels[] {
  const variants = names.map((name) => flows.find((flow) => flow.name === name)?.variant);
  const factors = new Map(
    variants.flatMap((variant) =>
      Object.keys(variant?.levels ?? {}).map((factor) => [
        `${variant?.of} ${factor}`,
        { of: variant?.of ?? "", factor },
      ]),
    ),
  );
  return [...factors.values()]
    .map(({ of, factor }) => {
      const groups = new Map<string, number[]>();
      for (const [index, variant] of variants.entries()) {
        const level = variant?.of === of ? variant.levels[factor] : undefined;
        const name = level === undefined ? (names[index] ?? "") : `${of} ${factor}=${level}`;
        groups.set(name, [...(groups.get(name) ?? []), index]);
      }
      const sources = [...groups].map(([name, members]) => ({ name, members }));
      const isLevel = ({ members }: Source): boolean =>
        members.every((index) => variants[index]?.of === of && variants[index].levels[factor] !== undefined);
      const levels = sources.flatMap((source, index) => (isLevel(source) ? [index] : []));
      return { of, sources, levels };
    })
    .filter(({ levels }) => levels.length > 1);
}

/** The columns of the members, added up. */
export function added(columns: readonly (readonly number[])[], { members }: Source): number[] {
  const own = members.map((index) => columns[index] ?? []);
  return (own[0] ?? []).map((_, row) => own.reduce((sum, column) => sum + (column[row] ?? 0), 0));
}
