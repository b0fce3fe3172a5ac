import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Whether the terminal is this process's to draw on and read from: a job in the background that changes its mode is
 * stopped for it (tcsetattr(3), SIGTTOU). True also without a controlling terminal, which then stops nobody.
 */
export function isForeground(procRoot: string): boolean {
  try {
    const stat = readFileSync(join(procRoot, "self/stat"), "utf8");
    // After the name: state ppid pgrp session tty_nr tpgid (proc_pid_stat(5)).
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [group, ofTerminal] = [Number(fields[2]), Number(fields[5])];
    return ofTerminal <= 0 || ofTerminal === group;
  } catch {
    return true;
  }
}
