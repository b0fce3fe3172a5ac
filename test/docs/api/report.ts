import { report, type ReportOptions } from "watertight";

const asked: ReportOptions = { reporter: "json" };
const { verdict, scenarios }: { verdict: string; scenarios: object[] } = JSON.parse(
  await report(["visits", "visits"], asked),
);
console.log(`${verdict}, of ${scenarios.length} runs`);

const forPeople = await report("visits/record.ndjson", { width: 80, colour: false });
console.log(
  forPeople
    .split("\n")
    .find((line) => line.includes("were left by"))
    ?.trim(),
);
