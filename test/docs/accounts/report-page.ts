import type { Accounts } from "../accounts.js";

const accounts: Accounts = {
  elsewhere: { "report out --reporter html=page.html": "test/cli/reporter-html.test.ts" },
};

export default accounts;
