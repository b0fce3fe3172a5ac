/** What the commands use of the process that they run in; tests pass their own. */
export type Host = Pick<
  NodeJS.Process,
  | "stdin"
  | "stdout"
  | "stderr"
  | "env"
  | "cwd"
  | "on"
  | "off"
  | "exit"
  | "kill"
  | "pid"
  | "platform"
  | "execPath"
>;

/** Colour is for terminals, unless NO_COLOR (no-color.org) or FORCE_COLOR say otherwise. */
export function wantsColour(host: Host, stream: { readonly isTTY?: boolean }): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = host.env;
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0";
  return stream.isTTY === true && TERM !== "dumb";
}
