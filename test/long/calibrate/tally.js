// What came of the cases of one shape at one number of batches.

/** One judged case in the terms of the table. */
export function outcomeOf(labelled, verdict) {
  const { label, trueRatePerOp: truth, clear, name } = labelled;
  const { low, high, detectable } = verdict;
  const passed = verdict.verdict === "pass";
  const bounded = Number.isFinite(low) && Number.isFinite(high);
  // A rate such as 1 / 30 comes back with the last bit changed.
  const slack = 1e-9 * Math.abs(truth);
  const below = bounded && truth < low - slack;
  const above = bounded && truth > high + slack;
  return {
    name,
    falseFail: label === "stable" && verdict.verdict === "fail",
    missed: label === "leak" && passed,
    missedAtDetectable: label === "leak" && passed && truth >= detectable,
    undecided: verdict.verdict === "inconclusive" || verdict.verdict === "unchecked",
    clear,
    shapeCalled: verdict.shape,
    bounded,
    below,
    above,
    halfWidth: (high - low) / 2,
    detectable,
    ofTruth: detectable / truth,
  };
}

/** Sums the outcomes of one shape at one number of batches. */
export function rowOf({ shape, batches }, outcomes) {
  const count = (has) => outcomes.filter(has).length;
  const bounded = outcomes.filter((each) => each.bounded);
  const clear = outcomes.filter((each) => each.clear);
  return {
    shape: shape.name,
    group: shape.group,
    kind: shape.kind,
    label: shape.label,
    exact: shape.exact === true,
    batches,
    cases: outcomes.length,
    falseFails: count((each) => each.falseFail),
    missed: count((each) => each.missed),
    missedAtDetectable: count((each) => each.missedAtDetectable),
    undecided: count((each) => each.undecided),
    clear: clear.length,
    clearUndecided: clear.filter((each) => each.undecided).length,
    bounded: bounded.length,
    below: count((each) => each.below),
    above: count((each) => each.above),
    halfWidth: medianOf(bounded.map((each) => each.halfWidth)),
    detectable: medianOf(outcomes.map((each) => each.detectable)),
    detectableOfTruth: shape.label === "leak" ? medianOf(outcomes.map((each) => each.ofTruth)) : null,
    called: tallyOf(outcomes.map((each) => each.shapeCalled)),
    wrong: outcomes
      .filter((each) => each.falseFail || each.missedAtDetectable || each.missed)
      .slice(0, 20)
      .map((each) => each.name),
    undecidedNames: outcomes
      .filter((each) => each.clear && each.undecided)
      .slice(0, 5)
      .map((each) => each.name),
  };
}

/** Of numbers, the middle one; null for none. */
export function medianOf(values) {
  const sorted = values.filter((each) => !Number.isNaN(each)).sort((a, b) => a - b);
  return sorted.length === 0 ? null : sorted[Math.floor((sorted.length - 1) / 2)];
}

function tallyOf(words) {
  const counts = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
