import { type ExitCode, exitCodes, Problem, soak } from "watertight";

let code: ExitCode = exitCodes.pass;
try {
  await soak({ target: { command: "node server.mjs {port}" }, flow: {} });
} catch (error) {
  // Anything else would be a bug of watertight.
  if (!(error instanceof Problem)) throw error;
  console.log(`what: ${error.message}\nfix: ${error.fix}`);
  code = error.exitCode;
}
console.log(code === exitCodes.usage);
