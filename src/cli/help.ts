/** Texts under the options: examples first, exit codes last. */
export const rootHelp = `
Examples:
  watertight run --quick                       every scenario, within a minute
  watertight run connect-churn                 one scenario, full size
  watertight run my-server.yaml                a scenario file of your own
  watertight run goose-churn -- ./my-gateway --port {port}
  watertight run connect-churn --plant fd      see a leak being found
`;

export const runHelp = `
Examples:
  watertight run                               all but the hour-long soak
  watertight run --quick --reporter json       for CI
  watertight run memory-soak --duration 10m
  watertight run goose-churn -- ./my-gateway --port {port}
  watertight run my-server.yaml --attach port:8080
  watertight run my-server.yaml --baseline reports/kept
  watertight run my-server.yaml --against "./old-server --port {port}"

In COMMAND, {port} becomes a free port, {goose} the path of the shipped agent.
Ctrl-C once stops the load and judges what there is; twice leaves at once.
`;

export const planHelp = `
Examples:
  watertight plan goose-churn                  what its pass would mean
  watertight plan my-server.yaml --quick       before it is run
  watertight plan memory-soak --duration 10m

Exit codes:
  0  the power that the scenarios ask for is within reach, or none is asked
  2  wrong words on the command line or in a scenario file
  3  out of reach: the run would be inconclusive
`;

export const shrinkHelp = `
Examples:
  watertight shrink reports/2026-11-23T10-00-00-goose-churn
  watertight shrink goose-churn --plant half-closed

Fewer flows, operations, sessions at a time and steps are tried in turn; the
judge says of each try whether it still fails.

Exit codes:
  0  a smaller scenario is written, or the same where none is smaller
  2  wrong words on the command line or in a scenario file
  3  it does not fail, so there is nothing to shrink
  130, 143  interrupted: what was reached is written
`;

export const gatewayHelp = `
Examples:
  watertight gateway --port 8080 --agent "goose run ?"
  watertight gateway --plant fd --plant pty:0.1

Your own goose is used if PATH has one, else the shipped stand-in.
`;

export const selftestHelp = `
Examples:
  watertight selftest                          every plant, in two minutes
  watertight selftest --plants fd,pty --for 30s
  watertight selftest --for 20m                rarer leaks, too

What was proven is kept in $XDG_STATE_HOME/watertight (~/.local/state), and
named in the reports of this version on this machine.

Exit codes:
  0  every planted leak was found, or is rarer than what was said to be seen;
     and every clean twin passed
  1  a leak was missed, or a clean twin failed: do not trust the tool here
  2  wrong words on the command line
  3  could not tell
  4  the environment broke
  130, 143  interrupted
`;

export const judgeHelp = `
Examples:
  watertight judge reports/2026-11-23T10-00-00-goose-churn
  watertight judge reports/2026-11-23T10-00-00-goose-churn --explain memory
  watertight judge --series series.json --reporter ndjson
  watertight judge --series series.json --explain my-pool

A file of series is a JSON array of cases, or one case on each line:
  {"name": "my-pool", "kind": "count", "opsPerBatch": 50, "batchSeconds": 3,
   "baseline": [20, 20], "samples": [20, 21, null, 20], "finalDrain": [20]}
kind is count or memory (bytes); null is a sample that was missed. operations
and seconds, one for each sample, stand in for steps that are not all alike.
`;

export const reportHelp = `
Example:
  watertight report reports/2026-11-23T10-00-00-goose-churn --reporter json
`;

export const exitCodesHelp = `
Exit codes:
  0  every criterion passes
  1  a criterion failed: something leaks
  2  wrong words on the command line or in a scenario file
  3  inconclusive or unchecked, none failed
  4  the target or the environment broke
  130, 143  interrupted
`;
