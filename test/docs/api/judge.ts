import {
  type CriterionId,
  type CriterionResult,
  type CriterionVerdict,
  type Finding,
  type FoundResource,
  judge,
  type OperationCounts,
  type ScenarioResult,
  type ScenarioVerdict,
  type Shape,
} from "watertight";

const result: ScenarioResult = await judge("visits");
const verdict: ScenarioVerdict = result.verdict;
const { landed, failed }: OperationCounts = result.operations;
console.log(`${verdict}: ${landed} landed, ${failed} failed`);

const verdicts: readonly [CriterionId, CriterionVerdict, Shape | undefined][] = result.criteria
  .filter(({ verdict }: CriterionResult) => verdict !== "pass")
  .map(({ id, verdict, shape }) => [id, verdict, shape]);
for (const [id, word, shape = "no shape"] of verdicts) console.log(`${id} ${word}: ${shape}`);

const [finding]: readonly Finding[] = result.findings;
const left: readonly FoundResource[] = finding?.resources ?? [];
console.log(left.map(({ resource, count }) => `${resource}: ${count}`).join());
