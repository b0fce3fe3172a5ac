import { readlinkSync } from "node:fs";
import { brokeProblem, type Problem } from "../model/problem.js";
import type { Host } from "./host.js";

export const procRoot = "/proc";

/** How to have a Linux, by the platform that is there. */
const instead: Partial<Record<NodeJS.Platform, string>> = {
  win32: "use WSL (wsl --install, then npx watertight in it), or a Linux container",
  darwin: "use a Linux container or virtual machine (docker, podman, colima, lima)",
};

/**
 * @param command its name, for the message
 * @throws Problem (exit 4) where there is no /proc to look at.
 */
export function requireLinux(host: Pick<Host, "platform">, command: string, root: string = procRoot): void {
  if (host.platform !== "linux") throw noLinux(host.platform, command);
  const seenAs = ownName(root);
  if (seenAs === undefined) {
    throw brokeProblem({
      what: `cannot see processes in ${root}`,
      why: `${root} is not mounted, or hidden from this user`,
      fix: "mount it (mount -t proc proc /proc), or start the container without hiding it",
    });
  }
  if (seenAs !== String(process.pid)) throw foreignNamespace(root, seenAs);
}

function noLinux(platform: NodeJS.Platform, command: string): Problem {
  return brokeProblem({
    what: `${command} needs Linux`,
    why: `it reads the processes of the server from /proc, and this is ${platform}, which has none`,
    fix: `${instead[platform] ?? "use a Linux machine or container"}; judge, report, plan and list work here too`,
  });
}

/** Every pid would be another process. */
function foreignNamespace(root: string, seenAs: string): Problem {
  return brokeProblem({
    what: `${root} is that of another PID namespace`,
    why: `watertight is process ${process.pid}, but ${root} knows it as ${seenAs}`,
    fix: "mount one of its own (mount -t proc proc /proc; unshare --mount-proc does it)",
  });
}

/** The pid that it has there; undefined where it cannot be seen. */
function ownName(root: string): string | undefined {
  try {
    return readlinkSync(`${root}/self`);
  } catch {
    return undefined;
  }
}
