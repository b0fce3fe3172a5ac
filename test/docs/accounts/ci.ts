import type { Accounts } from "../accounts.js";

const accounts: Accounts = {
  elsewhere: {
    "run soak.yaml --out reports/soak --why --reporter default --reporter markdown=reports/soak.md --reporter junit=reports/soak.xml --reporter sarif=reports/soak.sarif":
      "test/docs/ci-files.test.ts holds it against the workflow; npm run soak:ci-files runs it",
    "nightly nightly.yaml --history history --out site":
      "test/docs/ci-files.test.ts holds it against the workflow; npm run soak:ci-files runs it",
    "history import artifacts/ --history history": "test/cli/history.test.ts",
  },
};
export default accounts;
