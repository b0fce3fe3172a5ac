// What was driven: operations and seconds at the end of each batch, both counted from the baseline.

/** The load of the public corpus: 50 operations in 3 seconds, each batch alike. */
export function evenLoad(batches, { opsPerBatch = 50, batchSeconds = 3 } = {}) {
  const operations = Array.from({ length: batches }, (_, i) => (i + 1) * opsPerBatch);
  const seconds = operations.map((_, i) => (i + 1) * batchSeconds);
  return { batches, opsPerBatch, batchSeconds, operations, seconds, even: true };
}

/** A load drawn at random: 10 to 200 operations in a batch, 1 to 30 seconds, uneven in one case of three. */
export function drawLoad(random, batches) {
  const opsPerBatch = Math.round(random.logBetween(10, 200));
  const batchSeconds = Math.round(random.logBetween(1, 30) * 10) / 10;
  const even = evenLoad(batches, { opsPerBatch, batchSeconds });
  return random.chance(1 / 3) ? unevenLoad(random, even) : even;
}

/** Batches of half to twice the size; their seconds follow, and vary by themselves. */
function unevenLoad(random, { batches, opsPerBatch, batchSeconds }) {
  const factors = Array.from({ length: batches }, () => random.logBetween(0.5, 2));
  const sizes = factors.map((factor) => Math.max(1, Math.round(opsPerBatch * factor)));
  const durations = factors.map((factor) => batchSeconds * factor * random.between(0.8, 1.25));
  const seconds = runningSum(durations).map((each) => Math.round(each * 1000) / 1000);
  return { batches, opsPerBatch, batchSeconds, operations: runningSum(sizes), seconds, even: false };
}

/** As many operations in each batch, but some take far longer: what time drives shows here. */
export function unsteadyLoad(random, load) {
  const durations = load.operations.map(() => load.batchSeconds * random.logBetween(0.4, 2.5));
  const seconds = runningSum(durations).map((each) => Math.round(each * 1000) / 1000);
  return { ...load, seconds, even: false };
}

export function runningSum(values) {
  let sum = 0;
  return values.map((value) => (sum += value));
}

/** Operations of each batch. */
export function sizesOf({ operations }) {
  return operations.map((each, i) => each - (operations[i - 1] ?? 0));
}

export function totalOf({ operations }) {
  return operations[operations.length - 1];
}
