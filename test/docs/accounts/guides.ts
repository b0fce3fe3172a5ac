import type { Accounts } from "../accounts.js";

const tutorial = "npm run docs:tutorial follows it in a fresh clone";

const accounts: Accounts = {
  executed: {
    "run docs/examples/node/timers.yaml": 1,
    "run docs/examples/python/threads.yaml -- python3 server.py {port} fixed": 0,
  },
  tooLong: {
    "run docs/examples/node/timers.yaml -- node server.mjs {port} fixed": "its twin that leaks is run",
    "run docs/examples/python/threads.yaml": "its twin that is fixed is run",
    "run goose-churn --quick --plant pty": tutorial,
    "run error-storm --quick --plant zombie": tutorial,
    "run disconnect-midstream --quick --plant orphan": tutorial,
    "run idle-indexer --quick --plant indexer": tutorial,
    "run stderr-flood --quick --plant scanner": tutorial,
  },
  elsewhere: {
    "plan hello.yaml": "tutorial-page.test.ts",
  },
};
export default accounts;
