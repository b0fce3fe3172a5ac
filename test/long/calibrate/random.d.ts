export interface Random {
  uniform(): number;
  between(low: number, high: number): number;
  integer(low: number, high: number): number;
  logBetween(low: number, high: number): number;
  chance(p: number): boolean;
  pick<Each>(list: readonly Each[]): Each;
  normal(): number;
  hits(trials: number, p: number): number;
}
export function randomOf(words: readonly (string | number)[]): Random;
