import { type Resource, resourceFromAttributes } from "@opentelemetry/resources";

/** Of the instrumentation, as the names of metrics begin. */
export const scopeName = "watertight";

/** What sends: the tool, by its name and version. */
export function resourceOf(tool: string): Resource {
  const [name = scopeName, version] = tool.split(" ");
  return resourceFromAttributes({ "service.name": name, ...(version && { "service.version": version }) });
}
