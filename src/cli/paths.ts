import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The package's own folder: src/cli and dist/cli are equally deep in it. */
const home = new URL("../../", import.meta.url);

export const shippedDir: string = fileURLToPath(new URL("scenarios", home));
export const standInDir: string = fileURLToPath(new URL("scenarios/stand-in", home));
export const standInGoose: string = fileURLToPath(new URL("scenarios/stand-in/goose", home));
export const ownBin: string = fileURLToPath(new URL("bin/watertight.js", home));
/** What a Node target loads before its own code in a second pass. */
export const preload: string = new URL("dist/trace/preload.js", home).href;
/** The bundled script and style of the report page. */
export const pageFolder: URL = new URL("dist/page/", home);
/** A folder of a few hundred files to index: the tool's own code. */
export const indexable: string = fileURLToPath(new URL("dist", home));

export function version(): string {
  const text = readFileSync(new URL("package.json", home), "utf8");
  const manifest: { readonly version: string } = JSON.parse(text);
  return manifest.version;
}
