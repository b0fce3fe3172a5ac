import { parse } from "yaml";
import type { Project, Start } from "./project.js";

const names = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

/** The Compose file of the project, by the name that Compose prefers. */
export function composeFileOf({ files }: Pick<Project, "files">): string | undefined {
  return names.find((path) => files.has(path));
}

/** Services of a Compose file that open a port: they run already when they are driven. */
export function composeStarts(project: Project): Start[] {
  const name = composeFileOf(project);
  if (name === undefined) return [];
  return servicesOf(project.files.get(name) ?? "").flatMap(([service, spec]): Start[] => {
    const port = publishedPort(field(field(spec, "ports"), 0));
    if (port === undefined) return [];
    const from = `${name}, service ${service}`;
    return [{ language: "compose", command: "", from, port: { kind: "fixed", port }, missing: [], service }];
  });
}

function servicesOf(text: string): [string, unknown][] {
  try {
    const services = field(parse(text, { logLevel: "silent", maxAliasCount: 100 }), "services");
    return typeof services === "object" && services !== null ? Object.entries(services) : [];
  } catch {
    return [];
  }
}

/** Of a mapping or a list; undefined where it is neither. */
function field(value: unknown, key: string | number): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([name]) => name === String(key))?.[1];
}

/** On the host: `8080:80`, `127.0.0.1:8080:80`, `${PORT:-8080}:80`, or the long form's `published`. */
function publishedPort(entry: unknown): number | undefined {
  const published = field(entry, "published");
  if (typeof published === "string" || typeof published === "number") return Number(published) || undefined;
  if (typeof entry !== "string") return undefined;
  const text = entry.replace(/\$\{\w+:?-(\d+)\}/g, "$1");
  return Number(/(?:^|:)(\d+):\d+(?:\/tcp)?$/.exec(text)?.[1]) || undefined;
}
