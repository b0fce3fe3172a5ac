import { execFileSync } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { basename, join } from "node:path";

/** What the actions do to the files of the workspace; whatever else they do is left out. */
const played = {
  "actions/checkout": ({ ref, path }, { origin, workspace }) => {
    // The workspace itself was cloned before the job began.
    if (path === undefined) return;
    execFileSync("git", ["clone", "--quiet", "--branch", ref, origin, join(workspace, path)]);
  },
  "actions/upload-artifact": ({ name, path }, { store, workspace }) => {
    cpSync(need(join(workspace, path)), join(store, name), { recursive: true, filter: isSeen });
  },
  "actions/download-artifact": ({ name, path }, { store, workspace }) => {
    cpSync(need(join(store, name)), join(workspace, path), { recursive: true });
  },
  "actions/upload-pages-artifact": ({ path }, { workspace }) => need(join(workspace, path, "index.html")),
  "github/codeql-action/upload-sarif": ({ sarif_file: file }, { workspace }) => need(join(workspace, file)),
};

export function runAction(uses, inputs, where) {
  try {
    played[uses.split("@")[0]]?.(inputs, where);
    return { result: "action", log: "" };
  } catch (error) {
    return { result: "failure", log: `${uses}: ${error.message}\n` };
  }
}

/** Hidden files are not uploaded. */
function isSeen(path) {
  return !basename(path).startsWith(".");
}

function need(path) {
  if (!existsSync(path)) throw new Error(`${path} is not there`);
  return path;
}
