const bars = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

/** How far a curve may move and still look flat: so that noise does not fill the height. */
export interface Scale {
  readonly width: number;
  readonly leastSpan: number;
}

/**
 * A curve in one row, one column for each point; where there are more points than columns, neighbours share one, which
 * shows the highest of them, so that no peak is lost.
 */
export function sparkline(points: readonly number[], { width, leastSpan }: Scale): string {
  const columns = points.length <= width ? points : shared(points, width);
  const least = columns.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = columns.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const span = Math.max(most - least, leastSpan);
  return columns.map((value) => bars[Math.round(((value - least) / span) * (bars.length - 1))]).join("");
}

function shared(points: readonly number[], width: number): number[] {
  return Array.from({ length: Math.max(0, width) }, (_, column) => {
    const from = Math.floor((column * points.length) / width);
    const to = Math.floor(((column + 1) * points.length) / width);
    return points.slice(from, to).reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  });
}
