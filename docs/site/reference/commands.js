import { buildProgram } from "../../../dist/cli/program.js";
import { code, made, table } from "./table.js";

const columns = 80;

/** Every command with its help, as `watertight help` prints it. */
export function page() {
  const program = buildProgram({
    host: { stdout: { columns }, stderr: { columns } },
    command: undefined,
    finish: () => {},
  });
  const commands = program.commands.filter((command) => command.name() !== "help").flatMap(withParts);
  const summary = commands.map((command) => [
    code(nameOf(command)),
    command.summary() || command.description(),
  ]);
  return `# Commands and options

For whoever has a word of a command line to look up. ${made}
${table(["command", "does"], summary)}
Every command takes \`-h\` and \`--help\`. Exit codes are told by each command's help, and together in
[the manual](manual.md#exit-codes).

${[program, ...commands].map(section).join("\n")}`;
}

/** \`history\` has commands of its own. */
function withParts(command) {
  return [command, ...command.commands.flatMap(withParts)];
}

function nameOf(command) {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}

function section(command) {
  return `## ${nameOf(command)}\n\n\`\`\`text\n${helpOf(command)}\n\`\`\`\n`;
}

function helpOf(command) {
  let text = "";
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  return text.trim();
}
