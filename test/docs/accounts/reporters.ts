import type { Accounts } from "../accounts.js";

const accounts: Accounts = {
  tooLong: {
    "run --quick --reporter junit=reports/junit.xml --reporter markdown=reports/comment.md":
      "all scenarios; test/cli/reporters/run.test.ts runs one with every reporter",
    "report reports/2026-11-23T10-00-00-goose-churn --reporter sarif=leaks.sarif":
      "test/cli/reporters/run.test.ts reports a record of its own",
    "run connect-churn --reporter otlp=http://collector.example:4318":
      "full size; test/cli/reporters/run.test.ts sends to a receiver of its own",
    "run connect-churn --quick --plant fd --reporter ./docs/examples/one-line.mjs":
      "test/docs/reporters-page.test.ts runs the reporter",
  },
};

export default accounts;
