import type { Accounts } from "../accounts.js";

const accounts: Accounts = {
  elsewhere: {
    "nightly docs/examples/nightly.yaml":
      "test/cli/nightly.test.ts runs smaller suites; test/suite/parse.test.ts reads this one",
    "history show": "test/cli/history.test.ts",
    "history show gateway/connect-churn": "test/cli/history.test.ts",
  },
};
export default accounts;
