/** What is not known is null, never left out. */
export type Known<Type> = {
  readonly [Name in keyof Type]-?: Exclude<Type[Name], undefined> | Absent<Type[Name]>;
};

type Absent<Value> = undefined extends Value ? null : never;

/** JSON has no infinity. */
export function known(value: number | undefined): number | null {
  return Number.isFinite(value) ? (value ?? null) : null;
}
