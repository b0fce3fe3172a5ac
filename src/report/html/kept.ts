/**
 * Which of many values are drawn: the least and the most of each span of neighbours, the first and the last. So no peak
 * and no trough is lost, whatever the number of pixels.
 * @param most at least 4
 * @returns indices in order; all of them where there are no more than `most`
 */
export function keptIndices(values: readonly number[], most: number): number[] {
  const last = values.length - 1;
  if (values.length <= most) return values.map((_, index) => index);
  const spans = Math.floor((most - 2) / 2);
  const kept = new Set([0]);
  for (let span = 0; span < spans; span++) {
    const from = 1 + Math.floor((span * (last - 1)) / spans);
    const to = 1 + Math.floor(((span + 1) * (last - 1)) / spans);
    for (const index of endsOf(values, from, to)) kept.add(index);
  }
  return [...kept.add(last)];
}

/** Where the least and the most of a span are, in order. */
function endsOf(values: readonly number[], from: number, to: number): number[] {
  let [least, most] = [from, from];
  for (let index = from; index < to; index++) {
    if ((values[index] ?? 0) < (values[least] ?? 0)) least = index;
    if ((values[index] ?? 0) > (values[most] ?? 0)) most = index;
  }
  return least < most ? [least, most] : [most, least];
}
