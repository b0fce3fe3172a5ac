import { type FlowRate, judge, type LeavingOperation, type LeftBy, type Origin } from "watertight";

const { findings } = await judge("visits");
for (const { criterion, by, origin, flows } of findings) {
  console.log(
    `${criterion}: ${whoOf(by)}, ${whereOf(origin)}, ${flows.map(rateOf).join() || "one flow only"}`,
  );
}

/** The operations that are surest to have left something come first. */
function whoOf(by: LeftBy | undefined): string {
  const first: LeavingOperation | undefined = by?.examples[0];
  return first ? `left by an operation of ${first.flow} (${first.sureness})` : "left by nobody known";
}

/** Known after a second pass only: `soak(…, { why: true })`. */
function whereOf(origin: Origin | undefined): string {
  return origin ? `made at ${origin.at}` : "made where no second pass has looked";
}

function rateOf({ flow, rate }: FlowRate): string {
  return `${flow} ${rate}`;
}
