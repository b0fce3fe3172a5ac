import { promises as fs } from "node:fs";
import { basename, join } from "node:path";
import type { Listener, Project } from "./project.js";

/** Deeper folders seldom hold the server's first file. */
const deepest = 4;
const mostFiles = 400;
const mostBytes = 256 * 1024;
const mostTotalBytes = 8 * 1024 ** 2;

/** Not the project's own text. */
const foreign = new Set([
  "node_modules",
  "vendor",
  "dist",
  "build",
  "target",
  "coverage",
  "reports",
  "venv",
  "env",
  "__pycache__",
  "site-packages",
]);

const told = new Set([
  "package.json",
  "pnpm-lock.yaml",
  "package-lock.json",
  "yarn.lock",
  "go.mod",
  "go.sum",
  "pyproject.toml",
  "requirements.txt",
  "Procfile",
  "Dockerfile",
  "compose.yaml",
  "compose.yml",
  "docker-compose.yaml",
  "docker-compose.yml",
  ".gitlab-ci.yml",
]);
const source = /\.((m|c)?[jt]sx?|go|py)$/;
/** Of these the name is enough. */
const unread = /\.lock$|-lock\.|go\.sum$|\.min\.js$/;

/**
 * Reads what tells how a project is started: its manifests and its sources, within bounds. Nothing is written or run.
 * What cannot be read is taken for not there.
 */
export async function look(folder: string, listeners: readonly Listener[]): Promise<Project> {
  const files = new Map<string, string>();
  const folders = new Set<string>();
  const room = { files: mostFiles, bytes: mostTotalBytes };
  let level = [""];
  for (let depth = 0; depth <= deepest && level.length > 0; depth++) {
    const next: string[] = [];
    for (const at of level) next.push(...(await lookInto({ folder, at, files, folders, room })));
    level = next;
  }
  return { name: basename(folder), files, folders, listeners };
}

interface Step {
  readonly folder: string;
  readonly at: string;
  readonly files: Map<string, string>;
  readonly folders: Set<string>;
  readonly room: { files: number; bytes: number };
}

/** @returns the folders below it that are worth a look. */
async function lookInto({ folder, at, files, folders, room }: Step): Promise<string[]> {
  const entries = await fs.readdir(join(folder, at), { withFileTypes: true }).catch(() => []);
  const below: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = at === "" ? entry.name : `${at}/${entry.name}`;
    if (entry.isDirectory()) {
      folders.add(path);
      if (!foreign.has(entry.name) && !entry.name.startsWith(".")) below.push(path);
    } else if (entry.isFile() && room.files > 0 && (told.has(entry.name) || source.test(entry.name))) {
      room.files -= 1;
      files.set(path, await textOf(join(folder, path), room));
    }
  }
  return below;
}

async function textOf(path: string, room: { bytes: number }): Promise<string> {
  if (unread.test(path)) return "";
  try {
    const { size } = await fs.stat(path);
    if (size > Math.min(mostBytes, room.bytes)) return "";
    room.bytes -= size;
    return await fs.readFile(path, "utf8");
  } catch {
    return "";
  }
}
