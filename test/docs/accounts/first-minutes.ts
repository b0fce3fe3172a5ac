import type { Accounts } from "../accounts.js";

const accounts: Accounts = {
  elsewhere: {
    "explain fds": "test/manual/find.test.ts",
    "explain 3": "test/manual/find.test.ts",
    "explain warm-up": "test/manual/find.test.ts",
    "explain file descriptor /dev/ptmx": "test/manual/find.test.ts",
    "scenario lint docs/examples/websocketd.yaml": "test/cli/scenario-command.test.ts",
    "scenario schema": "test/cli/scenario-command.test.ts",
    init: "test/cli/init.test.ts",
    "run watertight.yaml --quick": "test/long/init.js runs what init has written",
    doctor: "test/cli/doctor.test.ts",
    "scenario format --check docs/examples/websocketd.yaml": "test/cli/scenario-command.test.ts",
  },
};
export default accounts;
