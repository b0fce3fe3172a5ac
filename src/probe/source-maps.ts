import { readFile, stat } from "node:fs/promises";
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { StackFrame } from "../model/origin.js";

const mostFiles = 500;
const mostBytes = 32 * 1024 ** 2;
const compiled = /\.[cm]?jsx?$/;
const mapLine = /^\s*\/\/[#@] sourceMappingURL=(\S+)\s*$/gm;
const inline = /^data:application\/json[^,]*?(?<base64>;base64)?,(?<body>.*)$/s;

interface Mapping {
  readonly map: SourceMap;
  /** Its sources are relative to this folder. */
  readonly folder: string;
}

/**
 * Leads frames of compiled files back to their sources, for one target. The maps are read here and not in the target,
 * which would print its own errors differently if it were told to honour them.
 */
export class SourceMaps {
  readonly #mappings = new Map<string, Promise<Mapping | undefined>>();

  /** The frame as it was where no map is found, or the map does not know the line. */
  async original(frame: StackFrame): Promise<StackFrame> {
    if (frame.line === undefined || !isAbsolute(frame.file) || !compiled.test(frame.file)) return frame;
    const mapping = await this.#mapping(frame.file);
    try {
      return mapping ? originalIn(mapping, { ...frame, line: frame.line }) : frame;
    } catch {
      return frame;
    }
  }

  #mapping(file: string): Promise<Mapping | undefined> {
    const known = this.#mappings.get(file);
    if (known) return known;
    if (this.#mappings.size >= mostFiles) return Promise.resolve(undefined);
    const found = readMapping(file).catch(() => undefined);
    this.#mappings.set(file, found);
    return found;
  }
}

function originalIn({ map, folder }: Mapping, frame: StackFrame & { readonly line: number }): StackFrame {
  const entry = map.findEntry(frame.line - 1, (frame.column ?? 1) - 1);
  if (!("originalSource" in entry) || typeof entry.originalSource !== "string") return frame;
  const file = pathOf(entry.originalSource, folder);
  return { ...frame, file, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

async function readMapping(file: string): Promise<Mapping | undefined> {
  const text = await readRegular(file);
  const url = [...text.matchAll(mapLine)].at(-1)?.[1];
  if (url === undefined) return undefined;
  const data = inline.exec(url)?.groups;
  if (data) return mappingOf(decode(data), dirname(file));
  const path = pathOf(url, dirname(file));
  return mappingOf(await readRegular(path), dirname(path));
}

function decode({ base64, body = "" }: Readonly<Record<string, string | undefined>>): string {
  return base64 === undefined ? decodeURIComponent(body) : Buffer.from(body, "base64").toString("utf8");
}

function mappingOf(json: string, folder: string): Mapping | undefined {
  const payload: unknown = JSON.parse(json);
  return isPayload(payload) ? { map: new SourceMap(payload), folder } : undefined;
}

/** What `SourceMap` reads; it ignores the rest. */
function isPayload(value: unknown): value is SourceMapPayload {
  return typeof value === "object" && value !== null && "mappings" in value && "sources" in value;
}

/** The names come from the target: a device or a pipe would never end. */
async function readRegular(path: string): Promise<string> {
  const { size } = await regular(path);
  if (size > mostBytes) throw new Error(`${path} is too large`);
  return await readFile(path, "utf8");
}

async function regular(path: string): Promise<{ readonly size: number }> {
  const stats = await stat(path);
  if (!stats.isFile()) throw new Error(`${path} is not a file`);
  return stats;
}

function pathOf(name: string, folder: string): string {
  return name.startsWith("file:") ? fileURLToPath(name) : resolve(folder, decodeURI(name));
}
