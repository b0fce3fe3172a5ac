export interface Row {
  readonly name: string;
  readonly label: "healthy" | "leak";
  readonly cases: number;
  readonly falseFails: number;
  readonly found: number;
  readonly passed: number;
  readonly missed: number;
}

export function barsMissed(rows: readonly Row[]): readonly string[];
