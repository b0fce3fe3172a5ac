import type { Accounts } from "../accounts.js";

const accounts: Accounts = {
  tooLong: {
    "run goose-churn --plant fd:0.2": "full size; cli/live/pty.test.ts sees the view of a small run",
  },
};
export default accounts;
