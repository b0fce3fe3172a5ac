import type { Accounts } from "../accounts.js";

const soak = "npm run soak:compare runs and compares such pairs";

const accounts: Accounts = {
  tooLong: {
    "run connect-churn --quick --out reports/old": soak,
    "run connect-churn --quick --plant fd:0.05 --out reports/new": soak,
    "run connect-churn --quick --baseline reports/old": "cli/compare.test.ts runs a small one",
    "run my-server.yaml --against ./old-server.sh --repeats 4": "cli/compare.test.ts runs a small one",
  },
  elsewhere: {
    "compare reports/old reports/new": "cli/compare.test.ts",
    'compare reports/old reports/new --beyond "fds: 1 per 10 operations"': "cli/compare.test.ts",
  },
};
export default accounts;
