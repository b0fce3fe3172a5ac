/** What the values so far cost when the present level is μ, for μ between two ends: weight · (μ − centre)² + rest. */
interface Piece {
  from: number;
  to: number;
  weight: number;
  centre: number;
  rest: number;
  /** Index of the first value of the present level. */
  readonly start: number;
}

/**
 * The cheapest split of a sequence into level pieces. A value costs the square of its distance from its
 * level, but no more than `price`; each piece but the first costs `price`. What all values so far cost is
 * kept as a function of the present level, and of the splits only those that are best for some level.
 * Sources: R. Maidstone, T. Hocking, G. Rigaill, P. Fearnhead, Stat. Comput. 27 (2017) 519–533 (FPOP);
 * the bounded loss: P. Fearnhead, G. Rigaill, J. Am. Stat. Assoc. 114 (2019) 169–183.
 * @param values finite, in units of the noise
 * @param price above 0
 * @returns sorted indices of the first value of each piece but the first
 */
export function segmentStarts(values: readonly number[], price: number): number[] {
  // A hair less than a piece: between an outlier and a change that cost the same, it is an outlier.
  const cap = price * (1 - 1e-9);
  const start = new Int32Array(values.length);
  let pieces: readonly Piece[] = [{ ...ends(values), weight: 0, centre: 0, rest: 0, start: 0 }];
  for (const [index, value] of values.entries()) {
    if (index > 0) pieces = atMost(pieces, cheapest(pieces).cost + price, index);
    pieces = withValue(pieces, value, cap);
    start[index] = cheapest(pieces).start;
  }
  return backwards(start);
}

function ends(values: readonly number[]): Pick<Piece, "from" | "to"> {
  return values.reduce(({ from, to }, value) => ({ from: Math.min(from, value), to: Math.max(to, value) }), {
    from: Number.POSITIVE_INFINITY,
    to: Number.NEGATIVE_INFINITY,
  });
}

/** Replaces what costs more than that by a new piece, which costs that and starts here. */
function atMost(pieces: readonly Piece[], cost: number, start: number): Piece[] {
  const kept: Piece[] = [];
  const begin = (from: number, to: number): void => {
    const last = kept.at(-1);
    if (last?.start === start) last.to = to;
    else kept.push({ from, to, weight: 0, centre: 0, rest: cost, start });
  };
  for (const piece of pieces) {
    // A piece without a value near it is level: its reach is infinite, or nothing.
    const spare = cost - piece.rest;
    const reach = spare > 0 ? Math.sqrt(spare / piece.weight) : -1;
    const from = Math.max(piece.from, piece.centre - reach);
    const to = Math.min(piece.to, piece.centre + reach);
    if (from >= to) begin(piece.from, piece.to);
    else {
      if (piece.from < from) begin(piece.from, from);
      kept.push(within(piece, from, to));
      if (to < piece.to) begin(to, piece.to);
    }
  }
  return kept;
}

/** Adds what one more value costs: near it the square of the distance, further off the cap. */
function withValue(pieces: readonly Piece[], value: number, cap: number): Piece[] {
  const left = value - Math.sqrt(cap);
  const right = value + Math.sqrt(cap);
  const kept: Piece[] = [];
  for (const piece of pieces) {
    if (piece.from < left) kept.push(capped(within(piece, piece.from, Math.min(piece.to, left)), cap));
    if (piece.from < right && piece.to > left) {
      kept.push(pulled(within(piece, Math.max(piece.from, left), Math.min(piece.to, right)), value));
    }
    if (piece.to > right) kept.push(capped(within(piece, Math.max(piece.from, right), piece.to), cap));
  }
  return kept;
}

function within({ weight, centre, rest, start }: Piece, from: number, to: number): Piece {
  return { from, to, weight, centre, rest, start };
}

function capped(piece: Piece, cap: number): Piece {
  piece.rest += cap;
  return piece;
}

function pulled(piece: Piece, value: number): Piece {
  const gap = piece.weight === 0 ? 0 : value - piece.centre;
  const weight = piece.weight + 1;
  piece.rest += (gap * gap * piece.weight) / weight;
  piece.centre = piece.weight === 0 ? value : piece.centre + gap / weight;
  piece.weight = weight;
  return piece;
}

function cheapest(pieces: readonly Piece[]): { readonly cost: number; readonly start: number } {
  let best = { cost: Number.POSITIVE_INFINITY, start: 0 };
  for (const { from, to, weight, centre, rest, start } of pieces) {
    const off = Math.min(to, Math.max(from, centre)) - centre;
    const cost = weight === 0 ? rest : weight * off * off + rest;
    if (cost < best.cost) best = { cost, start };
  }
  return best;
}

function backwards(start: Int32Array): number[] {
  const starts: number[] = [];
  for (let begin = start.at(-1) ?? 0; begin > 0; begin = start[begin - 1] ?? 0) starts.unshift(begin);
  return starts;
}
