/** A process that runs already, and how it was named. */
export type Attachment =
  | { readonly kind: "pid"; readonly pid: number }
  | { readonly kind: "port"; readonly port: number };

const highestPort = 65_535;
/** PID_MAX_LIMIT of include/linux/threads.h. */
const highestPid = 4_194_304;

/** `pid:4127` or `port:8080`; undefined where it is neither. */
export function parseAttachment(text: string): Attachment | undefined {
  const [, kind, digits] = /^(pid|port):(\d{1,7})$/.exec(text) ?? [];
  const number = Number(digits);
  if (kind === "pid" && number >= 1 && number <= highestPid) return { kind, pid: number };
  if (kind === "port" && number >= 1 && number <= highestPort) return { kind, port: number };
  return undefined;
}

/** As it was typed: `pid:4127`. */
export function attachmentText(to: Attachment): string {
  return to.kind === "pid" ? `pid:${to.pid}` : `port:${to.port}`;
}
