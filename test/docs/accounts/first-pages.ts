import type { Accounts } from "../accounts.js";

const accounts: Accounts = {
  executed: {
    "run connect-churn --quick --plant fd": 1,
    "run goose-churn --quick": 0,
    "run docs/examples/websocketd.yaml": 0,
    "selftest --plants fd,pty --for 30s": 0,
    "judge --series docs/examples/series.ndjson": 1,
    "judge --series docs/examples/series.ndjson --explain heap-warm-up": 0,
  },
  told: ["plan goose-churn"],
  tooLong: {
    run: "every scenario in full size takes many minutes",
    "run goose-churn --plant pty": "full size; npm run soak:names runs it",
    "run gateways/websocketd": "full size; npm run test:gateways runs it",
    "run goose-churn -- /tmp/gw -port {port} -leak pty -agent 'goose run ?'":
      "full size; test/targets/go-gateway.test.ts runs it with --quick",
    "run docs/examples/seed-processes.yaml -- /tmp/gw -port {port} -leak none -agent 'goose run ?'":
      "npm run soak:go runs it",
    "run docs/examples/seed-connections.yaml -- /tmp/gw -port {port} -leak none -agent 'goose run ?'":
      "npm run soak:go runs it",
    "run docs/examples/seed-descriptors.yaml -- /tmp/gw -port {port} -leak none -agent 'goose run ?'":
      "npm run soak:go runs it",
    "run memory-soak -- /tmp/gw -port {port} -leak none -agent 'goose run ?'": "it takes an hour",
    "run gateways/websockets -- python3 servers/websockets-agent.py {port} --forget task":
      "full size, with a library of PyPI",
    "run goose-churn -- ./my-gateway --port {port}": "full size, against a server of the reader's own",
  },
  elsewhere: {
    "go -C test/targets/go-gateway build -o /tmp/gw .": "test/targets/go-gateway.test.ts builds it",
    "run connect-churn --quick --plant fd --why": "cli/why.test.ts",
    "run hello.yaml": "scenarios-page.test.ts writes the file that the page shows, and runs it",
    "judge --series docs/examples/series.ndjson --reporter ndjson": "series-page.test.ts",
    "judge --series docs/examples/series.ndjson --explain rare-fd-leak": "series-page.test.ts",
    "watch --port 8080": "watch-page.test.ts",
    "watch --port 8080 --for 2m": "watch-page.test.ts",
    "watch --pid 4127 --for 30m": "watch-page.test.ts",
    "watch --port 8080 --prometheus /metrics": "watch-page.test.ts",
    "watch --port 8080 --go": "watch-page.test.ts",
    "run orders.yaml --attach port:8080": "watch-page.test.ts",
    "run orders.yaml --attach pid:4127": "watch-page.test.ts",
    "git bisect start HEAD v1.0": "test/cli/bisect.test.ts, in a repository made for it",
    "git bisect run npx watertight run ../leak.yaml --exit-code-for-bisect --no-progress --out /tmp/bisect":
      "test/cli/bisect.test.ts",
    "git bisect reset": "test/cli/bisect.test.ts leaves it out, to read the log",
    "npm ci": "it is what brought the tools that run this test",
    "npm test": "it is what runs this test",
    "npm run calibrate": "minutes; its runner is run small by calibrate/run.test.ts",
    "node test/long/calibrate/run.js --shape flapping --batches 50 --seeds 200":
      "calibrate/run.test.ts, fewer seeds",
    "node test/long/calibrate/run.js --look flapping/17 --batches 50": "calibrate/run.test.ts",
    "node test/long/calibrate/run.js --power --seeds 200 --batches 50": "calibrate/run.test.ts, fewer seeds",
    "npm run calibrate:watch": "an hour; its runner is run small by calibrate/watch.test.ts",
    "node test/long/watch/run.js --shape rising --seeds 40 --list": "calibrate/watch.test.ts, fewer seeds",
  },
};
export default accounts;
